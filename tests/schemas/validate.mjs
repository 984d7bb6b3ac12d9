// Validates documents of docsgen against the schemas that it ships, and SARIF against the one of OASIS as SchemaStore has it.
// usage: node validate.mjs site|findings|external-links|sarif|diagram|roadmap FILE...
// Prints what is wrong, one line each; ends with 1 then.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const folder = new URL("../../site-src/docsgen/schema/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder)));

const own = new Ajv({ allErrors: true, schemas: ["findings", "external-links", "site"].map((name) => read(`${name}.schema.json`)) });
// SARIF's schema is of draft 4.
const old = new Ajv({ allErrors: true, schemaId: "id", meta: require("ajv/lib/refs/json-schema-draft-04.json"), unknownFormats: "ignore", logger: false });
old._opts.defaultMeta = "http://json-schema.org/draft-04/schema";

const validators = {
  site: () => own.getSchema("site.schema.json"),
  findings: () => own.getSchema("findings.schema.json"),
  "external-links": () => own.getSchema("external-links.schema.json"),
  diagram: () => own.getSchema("site.schema.json#/definitions/model"),
  roadmap: () => own.getSchema("site.schema.json#/definitions/roadmap"),
  sarif: () => old.compile(require("@microsoft/sarif-matcher-utils/lib/schemas/sarif-2.1.0-rtm.5.json")),
};

const [kind, ...files] = process.argv.slice(2);
const validate = validators[kind]();
let bad = 0;
for (const file of files) {
  let document;
  try {
    document = JSON.parse(readFileSync(file));
  } catch (error) {
    console.log(`${file}: ${error.message}`);
    bad++;
    continue;
  }
  if (validate(document)) continue;
  bad++;
  for (const error of validate.errors.slice(0, 5)) console.log(`${file}${error.dataPath}: ${error.message} ${JSON.stringify(error.params)}`);
}
process.exit(bad ? 1 : 0);
