#!/usr/bin/env bash
# hardware.sh ROOT FILE: what ./lab test-hardware runs. It brings the stack of FILE up with the pulumi and talosctl of this
# computer and with downloaded plugins, asks for each page that the file plans, runs up again, which has to change nothing,
# and removes everything. The report on standard output is for an issue: versions, times and findings, no secrets.
set -euo pipefail

root=$1 file=$2
work=$(mktemp -d)
failed=
export PULUMI_HOME=$work/home PULUMI_BACKEND_URL=file://$work/state PULUMI_STACK=hardware PULUMI_SKIP_UPDATE_CHECK=true
export PULUMI_IGNORE_AMBIENT_PLUGINS=true KUBECONFIG=$work/kubeconfig

# The person's passphrase opens secrets in the stack file. Without one this run has its own, and the file's salt is left out.
if [ -z "${PULUMI_CONFIG_PASSPHRASE:-}${PULUMI_CONFIG_PASSPHRASE_FILE:-}" ]; then
  openssl rand -hex 16 >"$work/passphrase"
  export PULUMI_CONFIG_PASSPHRASE_FILE=$work/passphrase
fi

# step NAME COMMAND…: runs the command if no step has failed, shows what it prints, and notes how it ended.
step() {
  local name=$1 start=$SECONDS code=0
  shift
  [ -z "$failed" ] || return 0
  printf '\n== %s: %s\n' "$name" "$*" >&2
  "$@" >"$work/$name.log" 2>&1 || code=$?
  cat "$work/$name.log" >&2
  ended "$name" $((SECONDS - start)) $code
}

ended() {
  [ "$3" = 0 ] || failed=$1
  printf '| %s | %s s | %s |\n' "$1" "$2" "$([ "$3" = 0 ] && echo ok || echo "exit code $3")" >>"$work/steps"
}

project() {
  mkdir -p "$work/project" "$work/state"
  ln -s "$root/target" "$root/components" "$root/Pulumi.yaml" "$work/project/"
  cp "$file" "$work/project/Pulumi.hardware.yaml"
  [ ! -f "$work/passphrase" ] || sed -i '/^encryptionsalt:/d' "$work/project/Pulumi.hardware.yaml"
  cd "$work/project"
  pulumi stack init hardware
}

kubeconfig() { pulumi stack output --show-secrets kubeconfig >"$KUBECONFIG"; }

# The teardown runs also after a failed step: machines are left otherwise. Only the state knows them, so it stays if this fails.
remove() {
  local outcome=$failed
  failed=
  step teardown env STARBASE_DESTROY=yes pulumi destroy --yes --skip-preview --run-program
  kept=${failed:+$work}
  failed=${outcome:-$failed}
}

# The token goes by standard input: every user may read the process list.
proxmox_version() {
  local options=(--silent --max-time 10 --config -)
  [ "$(pulumi config get --path starbase:proxmox.insecure 2>/dev/null)" != true ] || options+=(--insecure)
  curl "${options[@]}" "$(pulumi config get --path starbase:proxmox.endpoint)/api2/json/version" \
    <<<"header = \"Authorization: PVEAPIToken=$PROXMOX_VE_API_TOKEN\"" | sed -n 's/.*"version":"\([^"]*\)".*/\1/p'
}

# version COMMAND…: the first line with a version that it prints. A report without one version is better than no report.
version() { { "$@" 2>&1 || true; } | sed '/^NOTE: /d; /[0-9]\.[0-9]/!d; q'; }

report() {
  local log
  printf '## Starbase on hardware: %s\n\n| part | version |\n|---|---|\n' "${failed:+failed in }${failed:-passed}"
  printf '| %s | %s |\n' starbase "$(git -C "$root" describe --always --dirty)" Proxmox "$(version proxmox_version)" \
    pulumi "$(version pulumi version)" talosctl "$(version talosctl version --client)" java "$(version java -version)" \
    system "$(uname -srm)"
  printf '\n| step | took | end |\n|---|---|---|\n'
  cat "$work/steps"
  if grep -qh 'warning: ' "$work"/*.log; then
    printf '\n```\n%s\n```\n' "$(grep -oh 'warning: .*' "$work"/*.log | sort -u)"
  fi
  for log in pages "$failed"; do
    [ ! -f "$work/$log.log" ] || printf '\n%s:\n\n```\n%s\n```\n' "$log" "$(tail -n 60 "$work/$log.log")"
  done
}

finish() {
  remove
  report
  if [ -n "$kept" ]; then
    printf '\nlab: machines may be left on your hosts. Their state is kept; to remove them:\n' >&2
    printf '  cd %q && ' "$work/project" >&2
    [ ! -f "$work/passphrase" ] || printf 'PULUMI_CONFIG_PASSPHRASE_FILE=%q ' "$work/passphrase" >&2
    printf 'PULUMI_BACKEND_URL=%q PULUMI_STACK=hardware STARBASE_DESTROY=yes pulumi destroy --run-program\n' "$PULUMI_BACKEND_URL" >&2
  else
    rm -rf "$work"
  fi
  [ -z "$failed" ] || exit 1
}

trap 'rm -rf "$work"' EXIT
project >&2
trap finish EXIT
step preview pulumi preview
step up pulumi up --yes --skip-preview
step kubeconfig kubeconfig
step pages java -jar "$root/target/starbase.jar" status --stack-file Pulumi.hardware.yaml
step again pulumi up --yes --skip-preview --expect-no-changes
