#!/usr/bin/env bash
# The one role that a house has on its server, and its database. Run once, by the PostgreSQL image, when the data
# folder is new. The role can make nothing but tables in its own database; the administrator keeps no password, so
# that nobody is administrator over the network.
set -euo pipefail

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set=role="$BESIDE_ROLE" <<'SQL'
\getenv password POSTGRES_PASSWORD
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE ALL ON DATABASE :"role", postgres, template1 FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
SQL
