#!/usr/bin/env bash
# talos.sh VERB: one step in the life of a Talos cluster. Pulumi runs it, and Talos.java says when. A step may be cut off
# anywhere and run again.
#
#   secrets       makes the cluster's secrets bundle
#   talosconfig   mints an admin's access to Talos
#   apply         gives a machine its config, and waits until it lives by it
#   drift         says how a machine's config differs from the plan; ends with 2 if it does
#   bootstrap     starts etcd on one control plane, unless any has etcd data
#   ready         waits until the cluster is ready
#   kubeconfig    mints an admin's access to Kubernetes
#   upgrade       brings a machine to another Talos, unless it is there
#   upgrade-k8s   brings the cluster to another Kubernetes, unless it is there
#   leave         takes a machine out of the cluster
#
# Secrets come by standard input: the secrets bundle; above it, for the verbs that print a secret, a line with the key
# that it is encrypted with. All else comes in the environment. Everybody may read what is printed.
#
# A machine leaves with the environment that its step was given when it came: names of variables stay as they are.
#
# Runs in bash 3.2 (macOS) and newer.
set -u
umask 077
export LC_ALL=C NO_PROXY='*' no_proxy='*'
unset CDPATH

verb=${1-}
pause=${PAUSE:-1} # seconds between two tries
: "${ANSWER:=900}" "${READY:=900}" "${UPGRADE:=3600}" "${LEAVE:=600}" "${HANDOVER:=30}" "${SILENCE:=9}" # seconds
note() { echo "$*" >&2; }

die() {
  note "$verb${NAME:+ of $NAME}: $*"
  exit 1
}

# need HOW TOOL…: the tools that the steps use. A missing one ends any step before it begins: a wait would take a tool that
# can't run for an answer that has not come yet.
missing=
need() {
  local how=$1 tool
  shift
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing="$missing
  $tool: $how"
  done
}
need "https://github.com/siderolabs/talos/releases${TALOS:+/tag/$TALOS}, or: brew install siderolabs/tap/talosctl" talosctl
need "apt-get install openssl; macOS 13 and newer have it" openssl
need "apt-get install curl; macOS has it" curl
need "apt-get install mawk" awk
need "apt-get install findutils" find xargs
need "apt-get install grep" grep
need "apt-get install sed" sed
need "apt-get install coreutils" cat dirname head id mktemp rm sleep sort tr uniq wc
[ -z "$missing" ] || die "missing on PATH:$missing"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Memory rather than a disk, where there is such a folder.
base=/dev/shm
[ -d "$base" ] && [ -w "$base" ] || base=${TMPDIR:-/tmp}
# What nothing could take away.
find "$base" -maxdepth 1 -name 'starbase-talos.*' -user "$(id -u)" -mmin +240 -exec rm -rf {} + 2>/dev/null
scratch=$(mktemp -d "$base/starbase-talos.XXXXXX") || die "no folder for secrets can be made in $base"
# shellcheck disable=SC2046 # one word a process
clean() { kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"; }
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
# Pulumi cancels a step by SIGKILL: somebody else has to notice.
(
  while kill -0 $$; do sleep 1; done
  kill "$(cat "$scratch/running")"
  rm -rf "$scratch"
) >/dev/null 2>&1 &

# is_absent NAME: whether that machine can't be reached, as its host is down.
is_absent() {
  case " ${ABSENT-} " in *" $1 "*) ;; *) return 1 ;; esac
}

# skipped: a step of an absent machine runs once it is back: its environment changes then.
skipped() {
  is_absent "$NAME" && echo "skipped: the host of $NAME does not answer"
}

. "$here/talosctl.sh"
. "$here/kubernetes.sh"
. "$here/cluster.sh"
. "$here/machine.sh"

case $verb in
  secrets) read_key && secrets ;;
  talosconfig) read_key && read_bundle && talosconfig ;;
  kubeconfig) read_key && read_bundle && kubeconfig ;;
  apply) skipped || { read_bundle && right_talosctl && apply; } ;;
  drift) read_bundle && right_talosctl && drift ;;
  bootstrap) read_bundle && bootstrap ;;
  ready) read_bundle && ready ;;
  upgrade) skipped || { read_bundle && right_talosctl && upgrade; } ;;
  upgrade-k8s) read_bundle && right_talosctl && upgrade_kubernetes ;;
  leave)
    if [ "${STARBASE_DESTROY-}" = yes ]; then
      echo "stays as it is: all of the cluster goes"
    else
      read_bundle && leave
    fi ;;
  *) die "there is no such verb" ;;
esac
