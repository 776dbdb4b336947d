# The verbs of talos.sh that are about the cluster.

secrets() {
  talosctl gen secrets --output-file "$scratch/secrets.yaml" >/dev/null 2>"$scratch/err" </dev/null ||
    die "talosctl gen secrets: $(head -n 1 "$scratch/err")"
  sealed "$scratch/secrets.yaml"
}

talosconfig() { sealed "$scratch/talosconfig"; }

kubeconfig() {
  within "$ANSWER"
  wait_until "$NAME ($ADDRESS) hands out a kubeconfig" log_in "$ADDRESS"
  sealed "$scratch/kubeconfig"
}

# One control plane that does not answer may be the one with the cluster's data: then nothing is started, rather than a
# second cluster.
bootstrap() {
  within "$ANSWER"
  wait_until "every control plane says whether it has etcd data (none is started before)" survey
  if [ -n "$has_data" ]; then
    echo "already bootstrapped: $has_data has etcd data"
    return
  fi
  wait_until "$NAME ($ADDRESS) starts etcd" start_etcd
  echo "bootstrapped"
}

survey() {
  local pair silent=
  has_data=
  for pair in $CONTROL_PLANES; do
    if ask "${pair#*=}" ls /var/lib/etcd; then
      if awk '$NF == "member" { found = 1 } END { exit !found }' "$scratch/out"; then
        has_data=${pair%%=*}
        return 0
      fi
    elif ! says "no such file"; then
      silent="$silent; ${pair%%=*} (${pair#*=}): $reason"
    fi
  done
  reason=${silent#; }
  [ -z "$silent" ]
}

start_etcd() {
  ask "$ADDRESS" bootstrap || says AlreadyExists && return
  says PermissionDenied Unimplemented InvalidArgument && die "$reason"
  return 1
}

ready() {
  local pair
  within "$READY"
  wait_until "a control plane hands out a kubeconfig" log_in_anywhere
  for pair in $CONTROL_PLANES "VIP=$VIP"; do
    ! is_absent "${pair%%=*}" || { note "${pair%%=*} is skipped: its host does not answer"; continue; }
    wait_until "Kubernetes is ready at ${pair%%=*} (https://${pair#*=}:6443/readyz)" found "${pair#*=}" /readyz
  done
  wait_until "etcd has every control plane as a member" all_members
  for pair in $MACHINES; do
    wait_until "${pair%%=*} is a node of the cluster" found "$VIP" "/api/v1/nodes/${pair%%=*}"
  done
  echo "ready"
}

# members ADDRESS: a line for each member of etcd: id, name, URLs …, whether it only learns.
members() {
  ask "$1" etcd members || return
  awk 'NR > 1 { $1 = ""; print }' "$scratch/out" >"$scratch/members"
  [ -s "$scratch/members" ] || { reason="no members"; return 1; }
}

all_members() {
  local pair
  members "$peer" || return
  for pair in $CONTROL_PLANES; do
    awk -v name="${pair%%=*}" '$2 == name && $NF == "false" { found = 1 } END { exit !found }' "$scratch/members" ||
      { reason="${pair%%=*} is not a full member of $(awk '{ print $2 }' "$scratch/members" | xargs)"; return 1; }
  done
}

upgrade_kubernetes() {
  local pair version versions
  within "$ANSWER"
  wait_until "a control plane hands out a kubeconfig" log_in_anywhere
  wait_until "every control plane and node says which Kubernetes it runs" versions
  versions=$(cat "$scratch/versions")
  for version in $versions; do
    [ "$(number "$version")" -le "$(number "$KUBERNETES")" ] ||
      die "Kubernetes runs $version, and $KUBERNETES is older: it can't go back. Put ${version#v} into the stack file"
    [ $(($(minor "$version") + 1)) -ge "$(minor "$KUBERNETES")" ] ||
      die "Kubernetes runs $version, and $KUBERNETES skips a minor: put the newest of each in between into the stack file first"
  done
  if [ "$(sort -u "$scratch/versions")" = "v$KUBERNETES" ]; then
    echo "already at $KUBERNETES"
    return
  fi
  patience=$UPGRADE
  ask "$peer" upgrade-k8s --to "$KUBERNETES" --dry-run || die "nothing was changed; the dry run failed: $reason"
  ask "$peer" upgrade-k8s --to "$KUBERNETES" || die "$reason"
  patience=$usual
  within "$READY"
  wait_until "every control plane and node runs $KUBERNETES" all_at_version
  echo "Kubernetes is $KUBERNETES"
}

# Those of the API servers and of the kubelets, in $scratch/versions. A control plane that is no node is new: its config, with
# the version that it starts with, comes after this.
versions() {
  local pair
  : >"$scratch/versions"
  for pair in $CONTROL_PLANES; do
    api GET "$peer" "/api/v1/nodes/${pair%%=*}" || return
    [ "$code" != 404 ] || continue
    found "${pair#*=}" /version || { reason="${pair%%=*}: $reason"; return 1; }
    value gitVersion >>"$scratch/versions"
  done
  found "$peer" /api/v1/nodes && value kubeletVersion >>"$scratch/versions"
}

all_at_version() {
  versions || return
  reason=$(sort "$scratch/versions" | uniq -c | awk '{ print $1, "of", $2 }' | xargs)
  [ "$(sort -u "$scratch/versions")" = "v$KUBERNETES" ]
}
