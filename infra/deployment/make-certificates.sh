#!/usr/bin/env bash
# The certificate authority of EventStoreDB and the node's certificate, made once.
set -euo pipefail
cd /certificates
[ -f node/node.crt ] && exit 0
es-gencert-cli create-ca -out ./ca
es-gencert-cli create-node -ca-certificate ./ca/ca.crt -ca-key ./ca/ca.key -out ./node -dns-names eventstore,localhost -ip-addresses 127.0.0.1
# the authority's key is needed for further nodes only: keep a copy elsewhere, then delete it here
chmod 0600 ca/ca.key
chown -R 1000:1000 node
chmod 0400 node/node.key
chmod 0755 ca node
chmod 0644 ca/ca.crt node/node.crt
