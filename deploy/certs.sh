#!/usr/bin/env bash
# Makes the certificates with which NATS servers and clients know each other:
# an authority of our own, and what it signs. Needs openssl 1.1.1 or later.
#
#   deploy/certs.sh DIR                          the authority: ca.pem, ca.key
#   deploy/certs.sh DIR server NAME[,NAME…]      server.pem, server.key for a server known by these names and addresses
#   deploy/certs.sh DIR client NAME              NAME.pem, NAME.key for a client
#
# The authority is made when it is not there. Existing certificates are replaced,
# existing authorities never. DAYS says how long certificates hold (397), CA_DAYS
# how long the authority does (3650). Keep ca.key off the servers; commit no key.
set -euo pipefail -f

die() { echo "certs.sh: $*" >&2; exit 2; }

[ $# -ge 1 ] || die "usage: certs.sh DIR [server NAME[,NAME…] | client NAME]"
command -v openssl >/dev/null || die "needs openssl"
dir=$1 kind=${2:-} names=${3:-}
days=${DAYS:-397} ca_days=${CA_DAYS:-3650}
umask 077
mkdir -p "$dir"

if [ ! -e "$dir/ca.key" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days "$ca_days" \
    -subj "/O=Telex/CN=Telex authority" -addext "basicConstraints=critical,CA:TRUE,pathlen:0" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$dir/ca.key" -out "$dir/ca.pem" 2>/dev/null ||
    die "could not make the authority in $dir"
  chmod 644 "$dir/ca.pem"
fi

# sign FILE COMMON-NAME EXTENSIONS makes FILE.key and FILE.pem.
sign() {
  local file=$dir/$1 request extensions
  request=$(mktemp) extensions=$(mktemp)
  trap 'rm -f "$request" "$extensions"' RETURN
  printf '%s\n' "basicConstraints=critical,CA:FALSE" "keyUsage=critical,digitalSignature" "$3" >"$extensions"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
    -subj "/O=Telex/CN=$2" -keyout "$file.key" -out "$request" 2>/dev/null || die "could not make a key for $2"
  openssl x509 -req -sha256 -days "$days" -in "$request" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" \
    -CAcreateserial -CAserial "$dir/ca.srl" -extfile "$extensions" -out "$file.pem" 2>/dev/null ||
    die "could not sign the certificate of $2"
  chmod 644 "$file.pem"
  echo "$file.pem holds until $(openssl x509 -noout -enddate -in "$file.pem" | cut -d= -f2)"
}

# alternatives turns a.example,10.0.0.1 into DNS:a.example,IP:10.0.0.1.
alternatives() {
  local out="" name
  for name in ${1//,/ }; do
    if [[ $name =~ ^[0-9.]+$ || $name == *:* ]]; then out+=",IP:$name"; else out+=",DNS:$name"; fi
  done
  echo "${out#,}"
}

case $kind in
"") ;;
server)
  [ -n "$names" ] || die "name the server: certs.sh DIR server nats-0.example.org,10.0.0.1"
  # Both uses: towards the other servers of its cluster a server is a client too.
  sign server "${names%%,*}" "extendedKeyUsage=serverAuth,clientAuth
subjectAltName=$(alternatives "$names")"
  ;;
client)
  [[ $names =~ ^[A-Za-z0-9_-]+$ ]] || die "name the client with letters, digits, - and _"
  case $names in ca | server) die "$names is taken" ;; esac
  sign "$names" "$names" "extendedKeyUsage=clientAuth"
  ;;
*) die "what is a '$kind'? server or client" ;;
esac
