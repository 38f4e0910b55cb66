#!/bin/sh
# Sign dist/ClipDesk.app, pack it as a disk image, and have Apple notarise it. Not tested on macOS yet.
#
#     packaging/macos/make_dmg.sh 0.1.0
#
# CLIPDESK_SIGN_IDENTITY      “Developer ID Application: …”; without it, the app is only signed ad hoc
# CLIPDESK_NOTARY_KEY         file of an App Store Connect API key (.p8); without it, nothing is notarised
# CLIPDESK_NOTARY_KEY_ID      its key id
# CLIPDESK_NOTARY_ISSUER      its issuer id
set -eu

version=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
app=$root/dist/ClipDesk.app
image=$root/dist/ClipDesk-$version-macos-arm64.dmg
work=$(mktemp -d)
mounted=
finish() {
    if [ -n "$mounted" ]; then
        hdiutil detach -quiet "$mounted" || true
    fi
    rm -rf -- "$work"
}
trap finish EXIT

if [ -n "${CLIPDESK_SIGN_IDENTITY:-}" ]; then
    # From the inside out: a signature covers those below it. `--deep` would give libraries our entitlements.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) | while IFS= read -r file; do
        if file -b "$file" | grep -q Mach-O; then
            codesign --force --timestamp --options runtime --sign "$CLIPDESK_SIGN_IDENTITY" "$file"
        fi
    done
    find "$app/Contents" -type d -name '*.framework' | while IFS= read -r framework; do
        codesign --force --timestamp --options runtime --sign "$CLIPDESK_SIGN_IDENTITY" "$framework"
    done
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$CLIPDESK_SIGN_IDENTITY" "$app"
fi
codesign --verify --deep --strict --verbose=2 "$app"

# ditto keeps the links of Qt's frameworks. Copies would double the size and break the signature.
mkdir "$work/image"
ditto "$app" "$work/image/ClipDesk.app"
ln -s /Applications "$work/image/Applications"
rm -f -- "$image"
hdiutil create -quiet -volname "ClipDesk $version" -srcfolder "$work/image" -fs HFS+ -format ULFO "$image"

mkdir "$work/mounted"
hdiutil attach -quiet -nobrowse -readonly -mountpoint "$work/mounted" "$image"
mounted=$work/mounted
links_before=$(find "$app" -type l | wc -l | tr -d ' ')
links_after=$(find "$mounted/ClipDesk.app" -type l | wc -l | tr -d ' ')
if [ "$links_before" != "$links_after" ]; then
    echo "The disk image has $links_after links instead of $links_before." >&2
    exit 1
fi
hdiutil detach -quiet "$mounted"
mounted=

if [ -n "${CLIPDESK_SIGN_IDENTITY:-}" ]; then
    codesign --force --timestamp --sign "$CLIPDESK_SIGN_IDENTITY" "$image"
fi
if [ -n "${CLIPDESK_NOTARY_KEY:-}" ]; then
    xcrun notarytool submit "$image" --wait --timeout 30m \
        --key "$CLIPDESK_NOTARY_KEY" --key-id "$CLIPDESK_NOTARY_KEY_ID" --issuer "$CLIPDESK_NOTARY_ISSUER"
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
echo "$image"
