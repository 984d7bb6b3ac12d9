#include "base/ban.h"

#include "base/color.h"

#include "base/num.h"

/* CSS Color 4, section 6.1. */
static const struct {
    const char *name;
    uint32_t value; /* 0xRRGGBB */
} named_colors[] = {
    {"aliceblue", 0xF0F8FF},
    {"antiquewhite", 0xFAEBD7},
    {"aqua", 0x00FFFF},
    {"aquamarine", 0x7FFFD4},
    {"azure", 0xF0FFFF},
    {"beige", 0xF5F5DC},
    {"bisque", 0xFFE4C4},
    {"black", 0x000000},
    {"blanchedalmond", 0xFFEBCD},
    {"blue", 0x0000FF},
    {"blueviolet", 0x8A2BE2},
    {"brown", 0xA52A2A},
    {"burlywood", 0xDEB887},
    {"cadetblue", 0x5F9EA0},
    {"chartreuse", 0x7FFF00},
    {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50},
    {"cornflowerblue", 0x6495ED},
    {"cornsilk", 0xFFF8DC},
    {"crimson", 0xDC143C},
    {"cyan", 0x00FFFF},
    {"darkblue", 0x00008B},
    {"darkcyan", 0x008B8B},
    {"darkgoldenrod", 0xB8860B},
    {"darkgray", 0xA9A9A9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xA9A9A9},
    {"darkkhaki", 0xBDB76B},
    {"darkmagenta", 0x8B008B},
    {"darkolivegreen", 0x556B2F},
    {"darkorange", 0xFF8C00},
    {"darkorchid", 0x9932CC},
    {"darkred", 0x8B0000},
    {"darksalmon", 0xE9967A},
    {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B},
    {"darkslategray", 0x2F4F4F},
    {"darkslategrey", 0x2F4F4F},
    {"darkturquoise", 0x00CED1},
    {"darkviolet", 0x9400D3},
    {"deeppink", 0xFF1493},
    {"deepskyblue", 0x00BFFF},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1E90FF},
    {"firebrick", 0xB22222},
    {"floralwhite", 0xFFFAF0},
    {"forestgreen", 0x228B22},
    {"fuchsia", 0xFF00FF},
    {"gainsboro", 0xDCDCDC},
    {"ghostwhite", 0xF8F8FF},
    {"gold", 0xFFD700},
    {"goldenrod", 0xDAA520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xADFF2F},
    {"grey", 0x808080},
    {"honeydew", 0xF0FFF0},
    {"hotpink", 0xFF69B4},
    {"indianred", 0xCD5C5C},
    {"indigo", 0x4B0082},
    {"ivory", 0xFFFFF0},
    {"khaki", 0xF0E68C},
    {"lavender", 0xE6E6FA},
    {"lavenderblush", 0xFFF0F5},
    {"lawngreen", 0x7CFC00},
    {"lemonchiffon", 0xFFFACD},
    {"lightblue", 0xADD8E6},
    {"lightcoral", 0xF08080},
    {"lightcyan", 0xE0FFFF},
    {"lightgoldenrodyellow", 0xFAFAD2},
    {"lightgray", 0xD3D3D3},
    {"lightgreen", 0x90EE90},
    {"lightgrey", 0xD3D3D3},
    {"lightpink", 0xFFB6C1},
    {"lightsalmon", 0xFFA07A},
    {"lightseagreen", 0x20B2AA},
    {"lightskyblue", 0x87CEFA},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xB0C4DE},
    {"lightyellow", 0xFFFFE0},
    {"lime", 0x00FF00},
    {"limegreen", 0x32CD32},
    {"linen", 0xFAF0E6},
    {"magenta", 0xFF00FF},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66CDAA},
    {"mediumblue", 0x0000CD},
    {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB},
    {"mediumseagreen", 0x3CB371},
    {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A},
    {"mediumturquoise", 0x48D1CC},
    {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xF5FFFA},
    {"mistyrose", 0xFFE4E1},
    {"moccasin", 0xFFE4B5},
    {"navajowhite", 0xFFDEAD},
    {"navy", 0x000080},
    {"oldlace", 0xFDF5E6},
    {"olive", 0x808000},
    {"olivedrab", 0x6B8E23},
    {"orange", 0xFFA500},
    {"orangered", 0xFF4500},
    {"orchid", 0xDA70D6},
    {"palegoldenrod", 0xEEE8AA},
    {"palegreen", 0x98FB98},
    {"paleturquoise", 0xAFEEEE},
    {"palevioletred", 0xDB7093},
    {"papayawhip", 0xFFEFD5},
    {"peachpuff", 0xFFDAB9},
    {"peru", 0xCD853F},
    {"pink", 0xFFC0CB},
    {"plum", 0xDDA0DD},
    {"powderblue", 0xB0E0E6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xFF0000},
    {"rosybrown", 0xBC8F8F},
    {"royalblue", 0x4169E1},
    {"saddlebrown", 0x8B4513},
    {"salmon", 0xFA8072},
    {"sandybrown", 0xF4A460},
    {"seagreen", 0x2E8B57},
    {"seashell", 0xFFF5EE},
    {"sienna", 0xA0522D},
    {"silver", 0xC0C0C0},
    {"skyblue", 0x87CEEB},
    {"slateblue", 0x6A5ACD},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xFFFAFA},
    {"springgreen", 0x00FF7F},
    {"steelblue", 0x4682B4},
    {"tan", 0xD2B48C},
    {"teal", 0x008080},
    {"thistle", 0xD8BFD8},
    {"tomato", 0xFF6347},
    {"turquoise", 0x40E0D0},
    {"violet", 0xEE82EE},
    {"wheat", 0xF5DEB3},
    {"white", 0xFFFFFF},
    {"whitesmoke", 0xF5F5F5},
    {"yellow", 0xFFFF00},
    {"yellowgreen", 0x9ACD32},
};

/* Light of an sRGB component, 0 to 65535: ((c/255 + 0.055) / 1.055)^2.4, and c/255/12.92 for dark
 * ones. A table, so that no machine's pow() decides about a colour. */
static const uint16_t linear_light[256] = {
    0,     20,    40,    60,    80,    99,    119,   139,   159,   179,   199,   219,   241,
    264,   288,   313,   340,   367,   396,   427,   458,   491,   526,   562,   599,   637,
    677,   718,   761,   805,   851,   898,   947,   997,   1048,  1101,  1156,  1212,  1270,
    1330,  1391,  1453,  1517,  1583,  1651,  1720,  1790,  1863,  1937,  2013,  2090,  2170,
    2250,  2333,  2418,  2504,  2592,  2681,  2773,  2866,  2961,  3058,  3157,  3258,  3360,
    3464,  3570,  3678,  3788,  3900,  4014,  4129,  4247,  4366,  4488,  4611,  4736,  4864,
    4993,  5124,  5257,  5392,  5530,  5669,  5810,  5953,  6099,  6246,  6395,  6547,  6700,
    6856,  7014,  7174,  7335,  7500,  7666,  7834,  8004,  8177,  8352,  8528,  8708,  8889,
    9072,  9258,  9445,  9635,  9828,  10022, 10219, 10417, 10619, 10822, 11028, 11235, 11446,
    11658, 11873, 12090, 12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909, 14146, 14387,
    14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456, 17727,
    18001, 18277, 18556, 18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481,
    21787, 22096, 22407, 22721, 23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662,
    26001, 26344, 26688, 27036, 27386, 27739, 28094, 28452, 28813, 29176, 29542, 29911, 30282,
    30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143, 34544, 34948, 35355,
    35764, 36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891,
    41337, 41785, 42236, 42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423, 46903,
    47385, 47871, 48359, 48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369, 52884, 53401,
    53921, 54445, 54971, 55500, 56032, 56567, 57105, 57646, 58190, 58737, 59287, 59840, 60396,
    60955, 61517, 62082, 62650, 63221, 63795, 64372, 64952, 65535};

static bool parse_hex_digit(char c, uint8_t *value) {
    if (c >= '0' && c <= '9')
        *value = (uint8_t)(c - '0');
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        *value = (uint8_t)((c | 0x20) - 'a' + 10);
    else
        return false;
    return true;
}

/* hex = 3, 4, 6 or 8 hexadecimal digits */
static bool parse_hex(Str digits, Color *color) {
    uint8_t nibbles[8], parts[4] = {0, 0, 0, 255};
    if (digits.size != 3 && digits.size != 4 && digits.size != 6 && digits.size != 8)
        return false;
    for (size_t i = 0; i < digits.size; i++)
        if (!parse_hex_digit(digits.data[i], &nibbles[i]))
            return false;
    bool is_short = digits.size < 6;
    for (size_t i = 0; i < digits.size / (is_short ? 1 : 2); i++)
        parts[i] = (uint8_t)(is_short ? nibbles[i] * 17 : nibbles[2 * i] * 16 + nibbles[2 * i + 1]);
    *color = (Color){parts[0], parts[1], parts[2], parts[3]};
    return true;
}

static bool parse_name(Str name, Color *color) {
    for (size_t i = 0; i < sizeof named_colors / sizeof named_colors[0]; i++)
        if (str_equal_nocase(name, str_from(named_colors[i].name))) {
            uint32_t value = named_colors[i].value;
            *color = (Color){(uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value, 255};
            return true;
        }
    return false;
}

/* A component of rgb() or hsl(). */
typedef struct Part {
    int64_t thousandths;
    bool is_percent;
} Part;

/* part = ["-"] digits ["." digits] ["%" | "deg"] */
static bool parse_part(Str text, Part *part) {
    part->is_percent = str_ends_with(text, STR("%"));
    if (part->is_percent)
        text.size--;
    else if (str_ends_with(text, STR("deg")))
        text.size -= 3;
    size_t dot = str_find_char(text, '.', 0);
    Str whole = dot == STR_NONE ? text : str_slice(text, 0, dot);
    Str decimals = dot == STR_NONE ? STR("") : str_slice(text, dot + 1, dot + 4);
    int64_t value = 0, fraction = 0;
    if (whole.size && !num_parse_range(whole, -100000, 100000, &value))
        return false;
    if (decimals.size && !num_parse_range(decimals, 0, 999, &fraction))
        return false;
    for (size_t i = decimals.size; i < 3; i++)
        fraction *= 10;
    part->thousandths = value * 1000 + (value < 0 ? -fraction : fraction);
    return whole.size + decimals.size > 0;
}

static uint8_t clamp_byte(int64_t value) {
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* A part as 0 to 255, where `full` thousandths of a plain number are 255. */
static uint8_t part_byte(Part part, int64_t full) {
    int64_t whole = part.is_percent ? 100000 : full;
    return clamp_byte((part.thousandths * 255 + whole / 2) / whole);
}

/* One component of a colour given by hue, saturation and lightness (CSS Color 4, section 7.1), with
 * `turn` 0, 8 or 4 twelfths. All figures in thousandths. */
static uint8_t hsl_byte(int64_t hue, int64_t saturation, int64_t lightness, int64_t turn) {
    int64_t k = (turn * 1000 + hue / 30) % 12000;
    int64_t amplitude =
        saturation * (lightness < 1000 - lightness ? lightness : 1000 - lightness) / 1000;
    int64_t slope = k - 3000 < 9000 - k ? k - 3000 : 9000 - k;
    slope = slope > 1000 ? 1000 : slope < -1000 ? -1000 : slope;
    return clamp_byte(((lightness - amplitude * slope / 1000) * 255 + 500) / 1000);
}

/* function = ("rgb" | "rgba" | "hsl" | "hsla") "(" part {("," | " ") part} ["/" part] ")" */
static bool parse_function(Str text, Color *color) {
    size_t open = str_find_char(text, '(', 0);
    if (open == STR_NONE || open < 3 || !str_ends_with(text, STR(")")))
        return false;
    bool is_hsl = str_equal_nocase(str_slice(text, 0, 3), STR("hsl"));
    if (!is_hsl && !str_equal_nocase(str_slice(text, 0, 3), STR("rgb")))
        return false;
    if (open > 4 || (open == 4 && (text.data[3] | 0x20) != 'a'))
        return false;
    Part parts[4];
    size_t count = 0;
    for (size_t at = open + 1, end; at < text.size; at = end + 1) {
        end = at;
        while (!strchr(", /)", text.data[end]))
            end++;
        if (end == at)
            continue;
        if (count == 4 || !parse_part(str_slice(text, at, end), &parts[count++]))
            return false;
    }
    if (count < 3)
        return false;
    Color result = {part_byte(parts[0], 255000), part_byte(parts[1], 255000),
                    part_byte(parts[2], 255000), count == 4 ? part_byte(parts[3], 1000) : 255};
    if (is_hsl) {
        int64_t hue = (parts[0].thousandths % 360000 + 360000) % 360000;
        int64_t saturation = parts[1].thousandths / 100, lightness = parts[2].thousandths / 100;
        if (saturation < 0 || saturation > 1000 || lightness < 0 || lightness > 1000)
            return false;
        result.red = hsl_byte(hue, saturation, lightness, 0);
        result.green = hsl_byte(hue, saturation, lightness, 8);
        result.blue = hsl_byte(hue, saturation, lightness, 4);
    }
    *color = result;
    return true;
}

bool color_parse(Str text, Color *color) {
    text = str_trim(text);
    if (str_starts_with(text, STR("#")))
        return parse_hex(str_from_offset(text, 1), color);
    if (str_equal_nocase(text, STR("transparent"))) {
        *color = (Color){0, 0, 0, 0};
        return true;
    }
    return parse_name(text, color) || parse_function(text, color);
}

static void write_byte(Buf *buf, uint8_t value) {
    static const char digits[] = "0123456789abcdef";
    buf_add_char(buf, digits[value >> 4]);
    buf_add_char(buf, digits[value & 15]);
}

void color_write(Buf *buf, Color color) {
    buf_add_char(buf, '#');
    write_byte(buf, color.red);
    write_byte(buf, color.green);
    write_byte(buf, color.blue);
    if (color.alpha != 255)
        write_byte(buf, color.alpha);
}

/* Relative luminance in 1/655350000. */
static int64_t luminance(Color color) {
    return (int64_t)2126 * linear_light[color.red] + (int64_t)7152 * linear_light[color.green] +
           (int64_t)722 * linear_light[color.blue];
}

int color_contrast(Color a, Color b) {
    int64_t flare = (int64_t)65535 * 500; /* 0.05 of the whole */
    int64_t first = luminance(a) + flare, second = luminance(b) + flare;
    int64_t high = first > second ? first : second, low = first > second ? second : first;
    return (int)(high * 100 / low);
}
