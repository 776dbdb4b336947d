# How talos.sh speaks to Talos.

# within SECONDS: when waiting ends, from now on.
within() { deadline=$((SECONDS + $1)) limit=$1; }

# wait_until WHAT COMMAND…: tries the command until it succeeds. It leaves in $reason why it did not, or dies.
wait_until() {
  local what=$1 told=
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || die "waited $limit s until $what; last: $reason"
    [ "$reason" = "$told" ] || note "waiting until $what: $reason"
    told=$reason
    sleep "$pause"
  done
}

# bounded SECONDS COMMAND…: ends a command that takes longer, with 124: macOS has no timeout(1), and talosctl calls it a
# success when it is ended.
bounded() {
  local seconds=$1 command guard status
  shift
  rm -f "$scratch/late"
  "$@" &
  command=$!
  echo "$command" >"$scratch/running"
  (
    end=$((SECONDS + seconds))
    while [ "$SECONDS" -lt "$end" ]; do
      kill -0 $$ || exit # else Pulumi waits for this one when it has ended the step
      sleep 1
    done
    : >"$scratch/late"
    kill "$command"
    sleep 5
    kill -KILL "$command"
  ) >/dev/null 2>&1 &
  guard=$!
  wait "$command"
  status=$?
  # By KILL: a subshell that has just begun still has this shell's traps.
  kill -KILL "$guard"
  wait "$guard" 2>/dev/null
  [ ! -e "$scratch/late" ] || status=124
  return "$status"
}

# run ARGUMENT…: talosctl, for at most $patience seconds. Its answer is in $scratch/out, and in $reason what went wrong.
# One answer that never comes leaves time to ask again before waiting ends, unless that is a matter of seconds.
usual=$((ANSWER / 3))
[ "$usual" -le 60 ] || usual=60
[ "$usual" -ge 5 ] || usual=5
patience=$usual
run() {
  local status
  bounded "$patience" talosctl "$@" >"$scratch/out" 2>"$scratch/err"
  status=$?
  case $status in
    0) reason= ;;
    124) reason="no answer for $patience s" ;;
    *) # In one line, of which the end counts. Behind some errors stands all of the command's help.
      reason=$(sed '/^Usage:/,$d' "$scratch/err" | tr -s '\n\t ' ' ' | sed 's/^ //; s/ $//')
      reason=${reason:-"talosctl ended with $status"}
      [ ${#reason} -le 400 ] || reason="… ${reason:$((${#reason} - 400))}" ;;
  esac
  return "$status"
}

# admin ARGUMENT…: run as the cluster's admin.
admin() { run --talosconfig "$scratch/talosconfig" "$@"; }

# ask ADDRESS ARGUMENT…: a machine, as the cluster's admin.
ask() {
  local address=$1
  shift
  admin --endpoints "$address" --nodes "$address" "$@"
}

# says TEXT…: whether one of the texts is in what went wrong.
says() {
  local text
  for text in "$@"; do
    case $reason in *"$text"*) return 0 ;; esac
  done
  return 1
}

# The last line may lack its end.
read_key() {
  IFS= read -r key || [ -n "$key" ] || die "no key on standard input"
}

# Everything else on standard input. Access as the admin is minted for this run: so it never expires, and is never kept.
read_bundle() {
  cat >"$scratch/secrets.yaml"
  [ -s "$scratch/secrets.yaml" ] || die "no secrets bundle on standard input"
  generate talosconfig
}

# generate TYPE: what talosctl makes of the bundle, in $scratch/TYPE. Its message may quote the bundle, and is not shown.
generate() {
  talosctl gen config "$CLUSTER" "$ENDPOINT" --with-secrets "$scratch/secrets.yaml" --with-docs=false --with-examples=false \
    ${TALOS:+--talos-version "$(line "$TALOS")"} ${KUBERNETES:+--kubernetes-version "$KUBERNETES"} \
    --output-types "$1" --output "$scratch/$1" --force >/dev/null 2>&1 </dev/null ||
    die "talosctl makes no $1 of this secrets bundle: is it one that talosctl gen secrets wrote?"
}

# sealed FILE: prints the content of FILE encrypted, on one line; EncryptedOutput.java decrypts it. The engine displays the
# line, so it must not contain a colour tag of the engine (<{%…%}>), not even the start of one: the engine panics at a tag
# that it does not know.
sealed() {
  printf '%s\n' "$key" >"$scratch/key"
  openssl enc -aes-256-cbc -pbkdf2 -iter 10000 -md sha256 -salt -pass "file:$scratch/key" -in "$1" -out "$scratch/sealed" ||
    die "openssl can't encrypt: $(openssl version)"
  printf 'encrypted output: %s\n' "$(openssl base64 -A -in "$scratch/sealed")"
}

# A config is made by talosctl: one of another minor makes another.
right_talosctl() {
  local version
  version=$(talosctl version --client --short 2>/dev/null | grep -m 1 -o 'v[0-9][0-9.]*')
  [ "$(line "$version")" = "$(line "$TALOS")" ] ||
    die "talosctl on PATH is ${version:-of no known version}, and Talos shall be $TALOS: get talosctl $(line "$TALOS").x from https://github.com/siderolabs/talos/releases/tag/$TALOS"
}

# line VERSION: v1.13 of v1.13.0.
line() { echo "${1%.*}"; }

# number VERSION: to compare by; a pre-release counts as its release.
number() {
  local IFS=. version=${1#v}
  # shellcheck disable=SC2086 # three words
  set -- ${version%%-*} 0 0 0
  echo $((($1 * 1000 + $2) * 1000 + $3))
}

# minor VERSION: as a number that the next minor's is one above.
minor() { echo $(($(number "$1") / 1000)); }
