#!/bin/sh
# Cuts a Debian font to what docsgen writes: font.sh inter-400 OUT.otf
# Kept: ASCII, Latin-1, Latin Extended-A, Greek letters used in text, punctuation, currency, arrows, mathematics, box
# drawing and the geometric shapes that trackers draw bars with. Kerning and figures of one width stay; the mono font loses
# its ligatures: code shows what is typed. Names 16 and 17 make SemiBold a weight of the family "Inter" for fontconfig too.
set -eu
case $1 in
inter-400) file=/usr/share/fonts/opentype/inter/Inter-Regular.otf features='--layout-features=kern,tnum' ;;
inter-400i) file=/usr/share/fonts/opentype/inter/Inter-Italic.otf features='--layout-features=kern,tnum' ;;
inter-600) file=/usr/share/fonts/opentype/inter/Inter-SemiBold.otf features='--layout-features=kern,tnum' ;;
mono-400) file=/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf features='--layout-features=' ;;
*) echo "font.sh: no font $1" >&2; exit 2 ;;
esac
[ -f "$file" ] || { echo "font.sh: missing font $file: run make deps" >&2; exit 3; }
exec hb-subset "$file" --output-file="$2" --no-hinting --desubroutinize --name-IDs=0,1,2,3,4,5,6,13,14,16,17 $features \
    --unicodes=20-7e,a0-17f,394,3a3,3a9,3b1-3b5,3b8,3bb-3bc,3c0-3c1,3c3-3c4,3c6,3c9,2010-2027,2030,2032-2033,2039-203a,2044,2070-208e,20ac,2116,2122,2153-215e,2190-2199,21b5,21d0-21d4,2200-2203,2205,2208,2211,2212,221a,221e,2227-222b,2248,2260-2265,2318,2387,23ce,2500-257f,2588,2591-2593,25a0-25ab,25b2,25b6,25bc,25c0,25c6,25cb,25cf,25ef,2605,2606,2610-2612,26a0,2713,2717,27a1,27f5-27f7,fffd
