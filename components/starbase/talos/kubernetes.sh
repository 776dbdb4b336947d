# How talos.sh speaks to Kubernetes.

# log_in ADDRESS: takes the admin's certificate from a control plane.
log_in() {
  ask "$1" kubeconfig "$scratch/kubeconfig" --force --merge=false || return
  extract certificate-authority-data ca && extract client-certificate-data certificate && extract client-key-data key-of-admin
}

# extract FIELD FILE: a field of the kubeconfig.
extract() {
  sed -n "s/^ *$1: *//p" "$scratch/kubeconfig" | head -n 1 | tr -d '"' | openssl base64 -d -A >"$scratch/$2"
  [ -s "$scratch/$2" ] || { reason="a kubeconfig without $1"; return 1; }
}

# log_in_anywhere: at the first control plane that answers; its address is in $peer.
log_in_anywhere() {
  local pair
  for pair in $CONTROL_PLANES; do
    peer=${pair#*=}
    log_in "$peer" && return
  done
  return 1
}

# api METHOD ADDRESS PATH [PATCH]: a request; the answer is in $scratch/body. Succeeds for any answer; its code is in $code.
api() {
  code=$(curl -q --silent --show-error --noproxy '*' --connect-timeout 10 --max-time 30 --cacert "$scratch/ca" \
    --cert "$scratch/certificate" --key "$scratch/key-of-admin" --request "$1" \
    ${4+--header "Content-Type: application/merge-patch+json" --data "$4"} --output "$scratch/body" --write-out '%{http_code}' \
    "https://$2:6443$3" 2>"$scratch/err") || { reason=$(head -n 1 "$scratch/err"); return 1; }
  reason="HTTP $code"
}

# found ADDRESS PATH
found() { api GET "$1" "$2" && [ "$code" = 200 ]; }

# node_is_ready ADDRESS
node_is_ready() { found "$1" "/api/v1/nodes/$NAME" && tr -d ' \n' <"$scratch/body" | grep -q '"type":"Ready","status":"True"'; }

# value FIELD: each value of that field in the answer.
value() { grep -o "\"$1\": *\"[^\"]*\"" "$scratch/body" | sed 's/.*: *"//; s/"$//'; }
