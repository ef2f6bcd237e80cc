#!/bin/sh
# Make the secrets of a new installation, once: each service gets a volume with only its own.
# An installation with its own secret store mounts that instead; the names of the files are all that counts.
set -eu
umask 077
make() { [ -s "$1" ] || python -c "import secrets; print(secrets.token_urlsafe(32), end='')" > "$1"; }

make /secrets/database/owner
for role in forms workflow notify relay clock; do
    make "/secrets/database/$role"
done
for service in forms workflow notify; do
    folder=/secrets/$service
    make "$folder/secret_key"
    make "$folder/oidc_client_secret"
    printf 'postgresql://%s:%s@postgres/balie' "$service" "$(cat "/secrets/database/$service")" > "$folder/database_url"
done
make /secrets/forms/payment_key # a real payment provider gives its own: put that here instead
make /secrets/notify/vault_key
make /secrets/forms/files_key # the files of residents: forms keeps them, workflow shows them
cp /secrets/forms/files_key /secrets/workflow/files_key
make /secrets/forms/sealing_keys # forms seals sensitive answers, workflow opens them; put a newer key on a line before it
cp /secrets/forms/sealing_keys /secrets/workflow/sealing_keys
make /secrets/forms/box_keys # forms seals whose Berichtenbox it is, notify opens that; more keys as above
cp /secrets/forms/box_keys /secrets/notify/box_keys
for part in relay clock; do
    printf 'postgresql://%s:%s@postgres/balie' "$part" "$(cat "/secrets/database/$part")" > "/secrets/bus/${part}_database_url"
done
printf 'postgresql://balie:%s@postgres/balie' "$(cat /secrets/database/owner)" > /secrets/bus/owner_database_url
if [ -d /secrets/signin ]; then # the stand-in for a sign-in provider knows the services by the same secrets
    for service in forms workflow notify; do
        cp "/secrets/$service/oidc_client_secret" "/secrets/signin/$service.client-secret"
    done
    chown -R 10001:10001 /secrets/signin
fi
chown -R 10001:10001 /secrets/forms /secrets/workflow /secrets/notify /secrets/bus
chmod 755 /secrets/database && chmod 644 /secrets/database/*
