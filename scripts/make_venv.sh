#!/usr/bin/env bash
# Makes a virtual environment with a Python that the project runs on, or says what to install.
set -euo pipefail
python=$1
venv=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no '$python' here. Install Python 3.11, 3.12 or 3.13 (Debian: apt install python3 python3-venv)," >&2
    echo "or name one: make PYTHON=/path/to/python3.12 demo" >&2
    exit 1
fi
if ! version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>&1); then
    echo "'$python' does not start: $version" >&2
    exit 1
fi
case $version in
    3.11 | 3.12 | 3.13) ;;
    *)
        echo "'$python' is Python $version; Tahaluf needs 3.11, 3.12 or 3.13. Name one: make PYTHON=python3.12 demo" >&2
        exit 1
        ;;
esac
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "Python $version is here without its venv module. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi
rm -rf "$venv"
echo "Making $venv with Python $version …"
"$python" -m venv "$venv"
