#!/usr/bin/env bash
# cat against vmcat, in turn, into programs that know nothing of either. Prints medians; the bytes are compared first.
# usage: samples/Cat/measure.sh [MiB] [rounds] [vmcat]
# after: dotnet publish -c Release -p:Native=true samples/Cat -o samples/Cat/bin/native
set -euo pipefail
mib=${1:-2048}
rounds=${2:-5}
vmcat="${3:-$(dirname "$0")/bin/native/vmcat}"
file=$(mktemp -p /dev/shm)
trap 'rm -f "$file"' EXIT
head -c "${mib}M" /dev/urandom > "$file"

cmp <("$vmcat" "$file") "$file"
cmp <("$vmcat" --generate "${mib}M") <(head -c "${mib}M" /dev/zero)

seconds() { local from=$EPOCHREALTIME; bash -c "$1" > /dev/null; local to=$EPOCHREALTIME; echo "$from $to" | awk '{ print $2 - $1 }'; }
median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# compare NAME CAT VMCAT READER
compare() {
    local theirs=() ours=()
    for ((i = 0; i < rounds; i++)); do
        theirs+=("$(seconds "$2 | $4")")
        ours+=("$(seconds "$3 | $4")")
    done
    awk -v name="$1 | $4" -v mib="$mib" -v a="$(printf '%s\n' "${theirs[@]}" | median)" -v b="$(printf '%s\n' "${ours[@]}" | median)" \
        'BEGIN { printf "| `%s` | %.2f | %.2f | %.2f |\n", name, mib / 1024 / a, mib / 1024 / b, a / b }'
}

echo "| command | cat, GiB/s | vmcat, GiB/s | ratio |"
echo "|---|---|---|---|"
for reader in "cat" "wc -c" "pv -q"; do
    compare "cat FILE" "cat '$file'" "'$vmcat' '$file'" "$reader"
done
compare "cat | cat" "cat '$file' | cat" "cat '$file' | '$vmcat'" "cat"
compare "head -c SIZE /dev/zero" "head -c ${mib}M /dev/zero" "'$vmcat' --generate ${mib}M" "cat"
compare "yes" "yes | head -c ${mib}M" "'$vmcat' --generate ${mib}M --pattern text" "cat"
for reader in "zstd -1 -c" "sha256sum"; do
    compare "cat FILE" "cat '$file'" "'$vmcat' '$file'" "$reader"
done
