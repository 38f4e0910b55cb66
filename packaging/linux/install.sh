#!/bin/sh
# Install ClipDesk for this user: the app, its menu entry, and the file type .clipdesk. Needs no root.
#
#     ./install.sh              into ~/.local, or where $PREFIX says
#     ./install.sh --uninstall  remove it again; settings, desks and pictures stay
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-$HOME/.local}
app=$prefix/lib/clipdesk
share=$prefix/share
list=$app.files

refresh() {
    if command -v update-mime-database >/dev/null; then
        update-mime-database "$share/mime" >/dev/null 2>&1 || true
    fi
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database "$share/applications" >/dev/null 2>&1 || true
    fi
    if command -v gtk-update-icon-cache >/dev/null && [ -f "$share/icons/hicolor/index.theme" ]; then
        gtk-update-icon-cache -q "$share/icons/hicolor" >/dev/null 2>&1 || true
    fi
}

remove_installed() {
    if [ -f "$list" ]; then
        while IFS= read -r file; do
            rm -f -- "$prefix/$file"
        done < "$list"
        rm -f -- "$list"
    fi
    # The app is a folder of its own, which nobody else writes to.
    if [ -f "$app/.clipdesk-app" ]; then
        rm -rf -- "$app"
    fi
}

if [ "${1:-}" = "--uninstall" ]; then
    remove_installed
    refresh
    echo "ClipDesk is removed. Your settings and desks are kept, as are all pictures."
    exit 0
elif [ $# -gt 0 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 2
fi

if [ ! -x "$here/app/clipdesk" ]; then
    echo "The folder “app” is missing beside this script. Unpack the whole archive first." >&2
    exit 1
fi
if [ -e "$app" ] && [ ! -f "$app/.clipdesk-app" ]; then
    echo "There is something else in $app. Move it away, or choose another place with PREFIX." >&2
    exit 1
fi

# Copy before anything is removed: a full disk must not leave a person without the old version.
mkdir -p -- "$prefix/lib" "$prefix/bin"
rm -rf -- "$app.new"
trap 'rm -rf -- "$app.new"' EXIT
cp -a -- "$here/app" "$app.new"
: > "$app.new/.clipdesk-app"
remove_installed
mv -- "$app.new" "$app"

cd "$here/share"
find . -type f | sed 's|^\./||' | while IFS= read -r file; do
    mkdir -p -- "$(dirname "$share/$file")"
    cp -- "$file" "$share/$file"
    echo "share/$file" >> "$list"
done
# Menus do not look for programs in ~/.local/bin: name the app's full path, quoted as the specification wants.
quoted=$(printf '%s' "$app/clipdesk" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
escaped=$(printf '%s' "$quoted" | sed -e 's/[\\&|]/\\&/g')
for file in "$share/applications/clipdesk.desktop" "$share/kio/servicemenus/clipdesk.desktop" \
    "$share/nemo/actions/clipdesk.nemo_action"; do
    sed "s|^Exec=clipdesk|Exec=\"$escaped\"|" "$file" > "$file.new"
    mv -- "$file.new" "$file"
done
# KDE runs only service menus that are executable.
chmod +x -- "$share/kio/servicemenus/clipdesk.desktop"
ln -sfn -- "$app/clipdesk" "$prefix/bin/clipdesk"
echo "bin/clipdesk" >> "$list"
refresh

echo "ClipDesk is installed. Start it from the menu, or with $prefix/bin/clipdesk"
case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) echo "To type only “clipdesk”, add $prefix/bin to your PATH." ;;
esac
