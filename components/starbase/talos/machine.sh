# The verbs of talos.sh that are about one machine.

# make_config: the config that the plan wants for the machine, in $config.
make_config() {
  local i=1 variable patches=()
  generate "$ROLE"
  while variable=PATCH_$i && [ -n "${!variable-}" ]; do
    printf '%s' "${!variable}" >"$scratch/patch-$i.yaml"
    patches+=(--patch "@$scratch/patch-$i.yaml")
    i=$((i + 1))
  done
  config=$scratch/machine.yaml
  run machineconfig patch "$scratch/$ROLE" "${patches[@]}" --output "$config" || die "the patches don't fit: $reason"
  run validate --config "$config" --mode cloud --strict || die "the config is not valid: $reason"
}

apply() {
  make_config
  within "$ANSWER"
  boot='' rebooting=''
  wait_until "$NAME ($ADDRESS) takes its config" give
  wait_until "$NAME ($ADDRESS) lives by its config" settled
  echo "configured${rebooting:+, with a reboot}"
}

# drift: prints what applying the config would change now, and ends with 2 if it is something. Talos compares; of the changed
# lines those with keys are left out.
drift() {
  make_config
  ask "$ADDRESS" apply-config --file "$config" --dry-run || die "$ADDRESS does not say how its config differs: $reason"
  cat "$scratch/out" "$scratch/err" >"$scratch/told"
  ! grep -q '^No changes' "$scratch/told" || return 0
  echo "$NAME ($ADDRESS): its machine config differs from the plan:"
  grep '^[+-]' "$scratch/told" | grep -Eiv 'key|crt|secret|token|^(\+\+\+|---) ' | sed 's/^/  /'
  exit 2
}

# To a machine that knows its admin, else to one in maintenance.
give() {
  local known
  if booted; then
    boot=$(cat "$scratch/out")
    ask "$ADDRESS" apply-config --file "$config" --mode auto || refused || return
    ! grep -q 'with a reboot' "$scratch/err" || rebooting=yes
    return 0
  fi
  known=$reason
  run apply-config --insecure --nodes "$ADDRESS" --file "$config" && return
  refused
  [ "$reason" = "$known" ] || reason="as the admin: $known; in maintenance: $reason"
  return 1
}

refused() {
  says InvalidArgument && die "$ADDRESS refuses the config: $reason"
  return 1
}

# booted: which boot of the machine this is; it differs after a reboot.
booted() { ask "$ADDRESS" read /proc/sys/kernel/random/boot_id; }

settled() {
  booted || return
  [ -n "$rebooting" ] || return 0
  reason="it has not rebooted yet"
  [ "$(cat "$scratch/out")" != "$boot" ] && { [ "$ROLE" = worker ] || members "$ADDRESS"; }
}

upgrade() {
  local schematic=${INSTALLER##*/}
  schematic=${schematic%%:*}
  within "$ANSWER"
  wait_until "$NAME ($ADDRESS) says which Talos it runs" system_or_bare
  if [ -n "$bare" ]; then
    echo "has no config yet, and boots the Talos of its image"
    return
  fi
  before=$running
  if at_version; then
    echo "already at $TALOS"
    return
  fi
  [ "$(minor "$before")" -le "$(minor "$TALOS")" ] || die "it runs $before, and $TALOS is an older minor: it can't go back"
  [ $(($(minor "$before") + 1)) -ge "$(minor "$TALOS")" ] ||
    die "it runs $before, and $TALOS skips a minor: put the newest of each in between into the stack file first"
  # Draining takes a kubeconfig from the endpoint, which only control planes have; one that reboots is the last choice.
  CONTROL_PLANES=$(others)
  [ "$ROLE" = worker ] || CONTROL_PLANES="$CONTROL_PLANES $NAME=$ADDRESS"
  wait_until "a control plane hands out a kubeconfig" log_in_anywhere
  was_ready=false
  ! node_is_ready "$peer" || was_ready=true
  within "$UPGRADE"
  until install; do
    not_pulled && [ "$SECONDS" -lt "$deadline" ] || break
    [ "$reason" = "${told-}" ] || note "trying again: $reason"
    told=$reason
    sleep "$pause"
  done
  fell_short
  # What counts is what it runs now: talosctl may have lost sight of it.
  within "$ANSWER"
  wait_until "$NAME ($ADDRESS) runs $TALOS" upgraded
  echo "upgraded from $before to $TALOS"
}

# talosctl waits for a node that it has drained to be ready again, and for one that never was as long as it may.
install() {
  patience=$((deadline - SECONDS))
  [ "$patience" -gt 0 ] || patience=1
  admin --endpoints "$peer" --nodes "$ADDRESS" upgrade --image "$INSTALLER" --drain="$was_ready" --wait --timeout "${patience}s" --progress plain
}

# not_pulled: a factory makes an installer when it is first asked for one, which takes it longer than a pull may last
# (image-factory#456). What it does not have or does not hand out won't come.
not_pulled() {
  says pull && ! says "not found" "manifest unknown" unauthorized denied
}

# A machine whose first config failed gets it after this step; waiting for its word here, it would never get it.
system_or_bare() {
  local known
  bare=
  system && return
  known=$reason
  run version --insecure --nodes "$ADDRESS" && bare=yes && return
  reason=$known
  return 1
}

# system: its version in $running, its schematic in $factory.
system() {
  ask "$ADDRESS" version || return
  running=$(awk '/Server:/ { server = 1 } server && $1 == "Tag:" { print $2; exit }' "$scratch/out")
  ask "$ADDRESS" get extensions || return
  factory=$(awk '$(NF - 1) == "schematic" { print $NF }' "$scratch/out")
}

# at_version: only images of a factory list a schematic.
at_version() { [ "$running" = "$TALOS" ] && { [ -z "$factory" ] || [ "$factory" = "$schematic" ]; }; }

upgraded() {
  system || return
  if ! at_version; then
    reason="it runs $running, schematic ${factory:-none}"
    stuck
    return 1
  fi
  if "$was_ready" && ! node_is_ready "$peer"; then
    reason="its node is not ready: $reason"
    return 1
  fi
  [ "$ROLE" = worker ] || members "$ADDRESS"
}

# fell_short: keeps what went wrong with a long call. Its machine may do what it was asked to all the same, but one that
# still has not begun after a minute won't: that is stuck.
fell_short() {
  failure=$reason
  patience=$usual
  last_chance=$((SECONDS + ${GRACE:-60}))
}

stuck() {
  [ -n "$failure" ] || return
  reason="$failure ($reason)"
  [ "$SECONDS" -lt "$last_chance" ] || die "$reason"
}

leave() {
  [ "$ROLE" = worker ] || stays_a_control_plane
  within "$LEAVE"
  wait_until "a control plane that stays hands out a kubeconfig" log_in_anywhere
  # Who is silent for longer than its API takes to come back is dead.
  local dead=$((SECONDS + SILENCE))
  until booted || [ "$SECONDS" -ge "$dead" ]; do sleep "$pause"; done
  if [ -z "$reason" ]; then
    hand_over
    patience=$LEAVE
    ask "$ADDRESS" reset --graceful --reboot=false --system-labels-to-wipe STATE --system-labels-to-wipe EPHEMERAL --wait --timeout "${LEAVE}s"
    fell_short
    within "$LEAVE"
    wait_until "$NAME ($ADDRESS) has reset" silent
  else
    note "$NAME ($ADDRESS) does not answer, and is taken out as a dead machine: $reason"
  fi
  [ "$ROLE" = worker ] || wait_until "etcd has forgotten it" forgotten
  wait_until "its node is gone" node_gone
  echo "left"
}

# Whoever goes last takes the cluster's data along.
stays_a_control_plane() {
  local last="it is the last control plane, and the cluster's data would go with it. If all of the cluster shall go, say STARBASE_DESTROY=yes"
  CONTROL_PLANES=$(others)
  [ -n "$CONTROL_PLANES" ] || die "$last"
  if members "$ADDRESS" && [ "$(wc -l <"$scratch/members")" -le 1 ]; then die "$last"; fi
}

# others: the other control planes.
others() {
  local pair rest=
  for pair in $CONTROL_PLANES; do
    [ "${pair#*=}" = "$ADDRESS" ] || rest="$rest $pair"
  done
  echo "${rest# }"
}

# hand_over: lets other nodes announce what this one announces, while it still serves it: a reset ends Envoy and Cilium's
# agent at once, and others miss an announcement only seconds later. Where nobody else may announce, it goes all the same.
hand_over() {
  local end=$((SECONDS + HANDOVER))
  : >"$scratch/announced"
  until handed_over; do
    [ "$SECONDS" -lt "$end" ] || { note "what $NAME announces is not handed over: $reason"; return; }
    sleep "$pause"
  done
}

# The label is what Cilium's layer excludes nodes by.
handed_over() {
  found "$peer" /apis/coordination.k8s.io/v1/namespaces/kube-system/leases || return
  holders >"$scratch/holders"
  awk -v node="$NAME" '$2 == node { print $1 }' "$scratch/holders" >>"$scratch/announced"
  api PATCH "$peer" "/api/v1/nodes/$NAME" '{"metadata": {"labels": {"starbase/leaving": ""}}}' || return
  case $code in 200) ;; 404) return 0 ;; *) return 1 ;; esac
  reason=$(awk -v node="$NAME" 'NR == FNR { if ($2 != "" && $2 != node) taken[$1]; next } !($1 in taken) { print "nobody has taken " $1; exit }' \
    "$scratch/holders" "$scratch/announced")
  [ -z "$reason" ]
}

# holders: who announces what, a lease and its holder a line.
holders() {
  tr -d ' \n' <"$scratch/body" | grep -oE '"(name|holderIdentity)":"[^"]*"' | tr -d '"' |
    awk -F: '$1 == "name" { lease = $2 } $1 == "holderIdentity" && lease ~ /^cilium-l2announce-/ { print lease, $2 }'
}

silent() {
  # Nobody refuses in the place of a machine that is off: a try would last as long as it may.
  local patience=5
  booted || return 0
  reason="it still answers"
  stuck
  return 1
}

# A member that could not leave by itself is taken out.
forgotten() {
  local id
  members "$peer" || return
  id=$(awk -v at="//$ADDRESS:" 'index($0, at) { print $1; exit }' "$scratch/members")
  [ -n "$id" ] || return 0
  ask "$peer" etcd remove-member "$id" && reason="member $id is still there"
  return 1
}

node_gone() {
  api DELETE "$peer" "/api/v1/nodes/$NAME" || return
  [ "$code" = 404 ]
}
