// Run once by the image, on an empty volume: one user for each database, each with rights on its own and no other.
const { readFileSync } = require('node:fs');
for (const [name, secret] of [
  ['temoin_views', 'views_password'],
  ['temoin_keys', 'keys_password'],
])
  db.getSiblingDB(name).createUser({
    user: name,
    pwd: readFileSync(`/run/secrets/${secret}`, 'utf8').trim(),
    roles: [{ role: 'readWrite', db: name }],
  });
