#!/bin/sh
# Fetches the front-end files again with npm and rewrites SHA256SUMS. Only needed to change a version; the files are committed.
set -eu
cd "$(dirname "$0")"
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --no-save \
    bootstrap@5.3.9 tom-select@2.6.2 chart.js@4.6.1 @fontsource/be-vietnam-pro@5.3.0)
from="$work/node_modules"

rm -rf bootstrap tom-select chartjs be-vietnam-pro
mkdir bootstrap tom-select chartjs be-vietnam-pro
cp "$from/bootstrap/dist/css/bootstrap.min.css" "$from/bootstrap/dist/js/bootstrap.bundle.min.js" "$from/bootstrap/LICENSE" bootstrap/
cp "$from/tom-select/dist/js/tom-select.complete.min.js" "$from/tom-select/dist/css/tom-select.bootstrap5.min.css" \
    "$from/tom-select/LICENSE" tom-select/
cp "$from/chart.js/dist/chart.umd.min.js" chartjs/
cp "$from/chart.js/LICENSE.md" chartjs/LICENSE
for weight in 400 600; do
    for script in latin vietnamese; do
        cp "$from/@fontsource/be-vietnam-pro/files/be-vietnam-pro-$script-$weight-normal.woff2" be-vietnam-pro/
    done
done
cp "$from/@fontsource/be-vietnam-pro/LICENSE" be-vietnam-pro/

# The maps are not kept, and the manifest storage refuses a reference to a file that is not there.
sed -i -E 's@(//# sourceMappingURL=.*$)|(/\*# sourceMappingURL=[^*]*\*/)@@' ./*/*.js ./*/*.css
find . -type f -path './*/*' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS
echo "Refreshed in $here"
