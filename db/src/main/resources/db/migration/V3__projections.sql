-- Work that must be finished after a crash; a row lives from the event that starts the work to the one that ends it.
create table work_in_progress (
  kind            text        not null,
  work_id         text        not null,
  conversation_id text        not null,
  started_at      timestamptz not null,
  primary key (kind, conversation_id, work_id)
);

-- widget-cache
create table widget (
  widget_id       text        primary key,
  conversation_id text        not null,
  turn_id         text        not null,
  widget_type     text        not null,
  data_key        text,
  descriptor      jsonb       not null,
  issued_at       timestamptz not null,
  expires_at      timestamptz
);

-- conversation-state
create table conversation (
  conversation_id text        primary key,
  owner           text        not null,
  title           text,
  opened_at       timestamptz not null,
  updated_at      timestamptz not null,
  closed          boolean     not null default false,
  last_seq        bigint      not null,
  state           jsonb       not null default '{}'
);
create index conversation_of_owner on conversation (owner, updated_at desc);
create table turn (
  conversation_id text        not null,
  turn_id         text        not null,
  seq             bigint      not null,
  actor           text        not null,
  content         text        not null,
  answer          text        not null default '',
  status          text        not null,
  submitted_at    timestamptz not null,
  primary key (conversation_id, turn_id)
);

-- audit-log
create table audit_entry (
  seq             bigint      primary key,
  event_id        text        not null unique,
  at              timestamptz not null,
  type            text        not null,
  revision        text,
  aggregate_type  text,
  aggregate_id    text        not null,
  aggregate_seq   bigint      not null,
  conversation_id text,
  turn_id         text,
  actor           text        not null,
  outcome         text        not null,
  payload         jsonb       not null,
  metadata        jsonb       not null
);
create index audit_entry_actor on audit_entry (actor, seq);
create index audit_entry_conversation on audit_entry (conversation_id, seq);
create index audit_entry_type on audit_entry (type, seq);
create index audit_entry_at on audit_entry (at, seq);
