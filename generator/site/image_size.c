#include "base/ban.h"

#include "site/image_size.h"

#include "base/num.h"

#define SIDE_MOST 65535u /* larger ones are damaged */

/* The byte at `at`; 0 behind the end, which no format takes for a size. */
static uint32_t byte_at(Str bytes, size_t at) {
    return at < bytes.size ? (unsigned char)bytes.data[at] : 0;
}

/* A number of `count` bytes, the first being the highest (as in PNG and JPEG) or the lowest. */
static uint32_t number_at(Str bytes, size_t at, size_t count, bool is_low_first) {
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | byte_at(bytes, is_low_first ? at + count - 1 - i : at + i);
    return value;
}

static uint32_t high16(Str bytes, size_t at) {
    return number_at(bytes, at, 2, false);
}

static uint32_t low16(Str bytes, size_t at) {
    return number_at(bytes, at, 2, true);
}

/* png = signature length "IHDR" width height ... (PNG specification, 11.2.2) */
static bool png_size(Str bytes, ImageSize *size) {
    if (!str_equal(str_slice(bytes, 12, 16), STR("IHDR")))
        return false;
    *size = (ImageSize){number_at(bytes, 16, 4, false), number_at(bytes, 20, 4, false)};
    return true;
}

/* gif = "GIF" version width height ... */
static bool gif_size(Str bytes, ImageSize *size) {
    *size = (ImageSize){low16(bytes, 6), low16(bytes, 8)};
    return true;
}

/* webp = "RIFF" size "WEBP" ( "VP8 " | "VP8L" | "VP8X" ) size data (RFC 9649): the lossy form has a
 * key frame's start code before 14 bits each, the lossless one a byte 0x2f before 14 bits each less
 * one, the extended one four bytes before 24 bits each less one. */
static bool webp_size(Str bytes, ImageSize *size) {
    Str form = str_slice(bytes, 12, 16);
    if (!str_equal(str_slice(bytes, 8, 12), STR("WEBP")))
        return false;
    if (str_equal(form, STR("VP8 "))) {
        *size = (ImageSize){low16(bytes, 26) & 0x3fff, low16(bytes, 28) & 0x3fff};
        return number_at(bytes, 23, 3, false) == 0x9d012a;
    }
    if (str_equal(form, STR("VP8L"))) {
        uint32_t bits = number_at(bytes, 21, 4, true);
        *size = (ImageSize){(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
        return byte_at(bytes, 20) == 0x2f && bytes.size >= 25;
    }
    *size = (ImageSize){number_at(bytes, 24, 3, true) + 1, number_at(bytes, 27, 3, true) + 1};
    return str_equal(form, STR("VP8X")) && bytes.size >= 30;
}

/* Does a photograph's EXIF segment say that it lies on its side? Browsers then turn it.
 * exif = "Exif" 0 0 tiff ; tiff = ( "II" | "MM" ) 42 offset ; at the offset: count { tag type
 * count value } (Exif 2.32, 4.6.2); tag 0x0112, values 5 to 8: turned by a quarter. */
static bool is_turned(Str segment) {
    Str tiff = str_from_offset(segment, 6);
    if (!str_starts_with(segment, (Str){"Exif\0\0", 6}))
        return false;
    bool is_low = str_starts_with(tiff, STR("II"));
    size_t directory = number_at(tiff, 4, 4, is_low);
    uint32_t count = number_at(tiff, directory, 2, is_low);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + (size_t)i * 12;
        if (entry >= tiff.size)
            return false;
        if (number_at(tiff, entry, 2, is_low) == 0x0112)
            return number_at(tiff, entry + 8, 2, is_low) >= 5;
    }
    return false;
}

/* jpeg = 0xffd8 { 0xff marker length data } (ITU T.81, B.1): the size stands in the first frame
 * header, C0 to CF without C4, C8 and CC, behind one byte. */
static bool jpeg_size(Str bytes, ImageSize *size) {
    bool is_on_side = false;
    for (size_t at = 2; at + 9 <= bytes.size;) {
        uint32_t marker = byte_at(bytes, at + 1), length = high16(bytes, at + 2);
        if (byte_at(bytes, at) != 0xff)
            return false;
        if (marker == 0xff) {
            at++;
            continue;
        }
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
            marker != 0xcc) {
            uint32_t height = high16(bytes, at + 5), width = high16(bytes, at + 7);
            *size = is_on_side ? (ImageSize){height, width} : (ImageSize){width, height};
            return true;
        }
        if (marker == 0xe1)
            is_on_side = is_on_side || is_turned(str_slice(bytes, at + 4, at + 2 + length));
        if (length < 2 || marker == 0xda)
            return false;
        at += 2 + length;
    }
    return false;
}

/* attribute = blank name "=" quote number [ "px" ] quote */
static uint32_t svg_length(Str tag, const char *name) {
    Str word = str_from(name);
    for (size_t at = 0; (at = str_find(tag, word, at)) != STR_NONE; at++) {
        Str rest = str_from_offset(tag, at + word.size);
        bool is_name = at > 0 && str_is_blank(str_slice(tag, at - 1, at)) && rest.size > 2 &&
                       rest.data[0] == '=' && (rest.data[1] == '"' || rest.data[1] == '\'');
        if (!is_name)
            continue;
        Str value = str_slice(rest, 2, str_find_char(rest, rest.data[1], 2));
        if (str_ends_with(value, STR("px")))
            value = str_slice(value, 0, value.size - 2);
        int64_t number;
        return num_parse_range(value, 1, SIDE_MOST, &number) ? (uint32_t)number : 0;
    }
    return 0;
}

static bool svg_size(Str bytes, ImageSize *size) {
    size_t start = str_find(bytes, STR("<svg"), 0);
    size_t end = start == STR_NONE ? STR_NONE : str_find_char(bytes, '>', start);
    if (end == STR_NONE)
        return false;
    Str tag = str_slice(bytes, start, end);
    *size = (ImageSize){svg_length(tag, "width"), svg_length(tag, "height")};
    return true;
}

static const struct {
    Str end;   /* of the name */
    Str begin; /* of the bytes */
    bool (*read)(Str bytes, ImageSize *size);
} formats[] = {
    {{".png", 4}, {"\x89PNG\r\n\x1a\n", 8}, png_size},
    {{".gif", 4}, {"GIF8", 4}, gif_size},
    {{".jpg", 4}, {"\xff\xd8\xff", 3}, jpeg_size},
    {{".jpeg", 5}, {"\xff\xd8\xff", 3}, jpeg_size},
    {{".webp", 5}, {"RIFF", 4}, webp_size},
    {{".svg", 4}, {"<", 1}, svg_size},
};
#define FORMAT_COUNT (sizeof formats / sizeof *formats)

bool image_has_size(Str path) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (path.size > formats[i].end.size &&
            str_equal_nocase(str_from_offset(path, path.size - formats[i].end.size),
                             formats[i].end))
            return true;
    return false;
}

bool image_size(Str bytes, ImageSize *size) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (str_starts_with(bytes, formats[i].begin))
            return formats[i].read(bytes, size) && size->width > 0 && size->height > 0 &&
                   size->width <= SIDE_MOST && size->height <= SIDE_MOST;
    return false;
}
