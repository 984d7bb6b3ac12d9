#!/bin/bash
# Every stand-alone picture of this repository's site and the cases in parity/, drawn by Chromium and by librsvg; see
# parity.mjs. The browser must not find our fonts on this machine: a picture has to bring them. DOCSGEN_SHOTS=FOLDER keeps
# what differs.
. "$(dirname "$0")/setup.sh"
name='one picture from Chromium and from librsvg'
need "$name" chromium
build_site "$name"
work=$(mktemp -d)
trap 'rm -rf "$work" "$(dirname "$site")"' EXIT
[ -z "${DOCSGEN_SITE:-}" ] || trap 'rm -rf "$work"' EXIT
cat > "$work/fonts.conf" << CONF
<?xml version="1.0"?>
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<cachedir>$work/cache</cachedir>
<selectfont><rejectfont><pattern><patelt name="family"><string>Inter</string></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="family"><string>JetBrains Mono</string></patelt></pattern></rejectfont></selectfont>
</fontconfig>
CONF
FONTCONFIG_FILE=$work/fonts.conf node parity.mjs "$program" "$root" "$site" "$work" ${DOCSGEN_SHOTS:+"$DOCSGEN_SHOTS"}
