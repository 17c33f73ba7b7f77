#!/usr/bin/env bash
# Healthy once the replica set of one has a primary; the first time, it is made.
set -euo pipefail
mongosh --quiet -u root -p "$(cat /run/secrets/mongodb_root_password)" --eval '
  try { rs.status() } catch { rs.initiate({ _id: "rs0", members: [{ _id: 0, host: "mongodb:27017" }] }) }
  if (!db.hello().isWritablePrimary) quit(1)' > /dev/null
