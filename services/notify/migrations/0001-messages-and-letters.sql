-- Letters with their pressings, messages with the attempts to send them. Pressings and attempts are only ever added.
create table notify.letters (
    id uuid primary key,
    reference text not null,
    decision_id uuid not null unique,
    decision jsonb not null,
    recipient text not null,
    language text not null check (language in ('nl', 'en')),
    token_hash bytea not null unique,
    wrong_tries integer not null default 0,
    paused_until timestamptz,
    ordered_at timestamptz not null
);

create table notify.pressings (
    letter_id uuid not null references notify.letters,
    pressed_at timestamptz not null,
    sent_on date not null,
    objection_until date not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    primary key (letter_id, pressed_at)
);

create table notify.messages (
    id uuid primary key,
    kind text not null check (kind in ('receipt', 'progress', 'question', 'deadline', 'draft', 'decision')),
    reference text,
    recipient text not null,
    language text not null check (language in ('nl', 'en')),
    title_nl text not null,
    title_en text not null,
    link text,
    day date,
    at timestamptz not null,
    letter_id uuid unique references notify.letters,
    state text not null check (state in ('composed', 'sending', 'sent', 'failed'))
);

create index messages_of_case on notify.messages (reference, at);

-- an attempt without outcome is the one of which nobody knows whether the mail left: the process died meanwhile
create table notify.attempts (
    id uuid primary key,
    message_id uuid not null references notify.messages,
    began_at timestamptz not null,
    ended_at timestamptz,
    outcome text
);

create index attempts_of_message on notify.attempts (message_id, began_at);
