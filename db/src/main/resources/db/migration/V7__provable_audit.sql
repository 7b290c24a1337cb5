-- The role the application works as. It may append to the log and can change nothing in it.
do $$
begin
  create role colloquy_app nologin;
exception when duplicate_object then
  null;
end $$;
grant colloquy_app to current_user;
grant colloquy_reader to colloquy_app;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete or truncate on domain_event_entry
  for each statement execute function refuse_change();

-- audit-log: built anew from the log, now with its hashes. What is asked for stands in columns that nobody can write.
drop table audit_entry;
delete from token_entry where processor_name = 'audit-log';
create table audit_entry (
  seq             bigint      primary key,
  event_id        text        not null unique,
  at              timestamptz not null,
  type            text        not null,
  revision        text,
  aggregate_type  text,
  aggregate_id    text        not null,
  aggregate_seq   bigint      not null,
  payload         jsonb       not null,
  metadata        jsonb       not null,
  entry_hash      bytea       not null,
  leaf_hash       bytea       not null,
  conversation_id text        generated always as (payload ->> 'conversation_id') stored,
  turn_id         text        generated always as (payload ->> 'turn_id') stored,
  widget_id       text        generated always as (
                    coalesce(payload ->> 'widget_id', payload -> 'descriptor' ->> 'widget_id')) stored,
  action_id       text        generated always as (
                    coalesce(payload ->> 'action_id', payload -> 'action' ->> 'action_id')) stored,
  actor           text        not null generated always as (coalesce(metadata ->> 'actor', 'system')) stored,
  permissions     text[]      not null generated always as (
                    string_to_array(coalesce(metadata ->> 'permissions', ''), ',')) stored,
  correlation_id  text        generated always as (metadata ->> 'correlation_id') stored,
  outcome         text        not null generated always as (
                    case when type in ('action-denied', 'access-refused') then 'denied'
                         when type in ('action-failed', 'turn-failed', 'export-failed', 'source-import-failed') then 'failed'
                         else 'ok' end) stored
);
create index audit_entry_actor on audit_entry (actor, seq);
create index audit_entry_conversation on audit_entry (conversation_id, seq);
create index audit_entry_type on audit_entry (type, seq);
create index audit_entry_at on audit_entry (at, seq);
create index audit_entry_widget on audit_entry (widget_id, seq) where widget_id is not null;
create index audit_entry_action on audit_entry (action_id, seq) where action_id is not null;
create index audit_entry_outcome on audit_entry (outcome, seq) where outcome <> 'ok';
create index audit_entry_correlation on audit_entry (correlation_id, seq) where correlation_id is not null;
create index audit_entry_permissions on audit_entry using gin (permissions);

-- The words of an entry, for searching. Beside the log, because they go when a person's content is erased.
create table audit_text (
  seq     bigint   primary key,
  key_id  text,
  words   tsvector not null
);
create index audit_text_words on audit_text using gin (words);
create index audit_text_key on audit_text (key_id) where key_id is not null;

-- The Merkle tree's complete subtrees of 256, 256 * 256, … entries; what is smaller is computed from the leaves.
create table audit_node (
  level integer not null,
  index bigint  not null,
  hash  bytea   not null,
  primary key (level, index)
);

create table audit_checkpoint (
  size      bigint not null,
  origin    text   not null,
  root_hash text   not null,
  head_hash text   not null,
  signed_at text   not null,
  key_id    text   not null,
  signature text   not null,
  primary key (size, key_id)
);
create table audit_key (
  key_id     text        primary key,
  public_key text        not null,
  since      timestamptz not null default now()
);

create trigger append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_node
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_checkpoint
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_key
  for each statement execute function refuse_change();

-- A key per person and span of time, wrapped by the installation's secret; without it what it sealed is gone.
create table subject_key (
  key_id     text        primary key,
  subject    text        not null,
  wrapped    bytea,
  created_at timestamptz not null default now(),
  erased_at  timestamptz
);
create unique index subject_key_current on subject_key (subject) where wrapped is not null;

-- Whose content a conversation holds: its owner's, and those it was forked from.
create index domain_event_entry_forked on domain_event_entry using gin ((payload -> 'subjects'))
  where payload_type = 'conversation-forked';

-- The files somebody took out.
create index domain_event_entry_exported on domain_event_entry ((meta_data ->> 'actor'))
  where payload_type = 'export-completed';

-- What a projection could not take in, and what waits behind it. Axon's own layout.
create table dead_letter_entry (
  dead_letter_identifier text   primary key,
  processing_group       text   not null,
  sequence_identifier    text   not null,
  sequence_index         bigint not null,
  message_type           text   not null,
  event_identifier       text   not null,
  time_stamp             text   not null,
  payload_type           text   not null,
  payload_revision       text,
  payload                bytea  not null,
  meta_data              bytea,
  aggregate_type         text,
  aggregate_identifier   text,
  sequence_number        bigint,
  token_type             text,
  token                  bytea,
  enqueued_at            text   not null,
  last_touched           text   not null,
  processing_started     text,
  cause_type             text,
  cause_message          text,
  diagnostics            bytea,
  unique (processing_group, sequence_identifier, sequence_index)
);

-- A projection being built anew, until it takes the place of the one that serves.
create schema rebuild authorization colloquy_app;
create schema replaced;

-- What the application may do.
grant usage, create on schema public to colloquy_app;
grant usage, create on schema source to colloquy_app;
grant usage on schema sample to colloquy_app;
grant select on all tables in schema sample to colloquy_app;
grant select on all tables in schema public to colloquy_app;
grant insert on domain_event_entry, audit_entry, audit_node, audit_checkpoint, audit_key to colloquy_app;
grant insert, update, delete, truncate on snapshot_event_entry, token_entry, work_in_progress, dead_letter_entry,
  subject_key, user_role, audit_text to colloquy_app;
alter table conversation owner to colloquy_app;
alter table turn owner to colloquy_app;
alter table widget owner to colloquy_app;
do $$
declare
  imported record;
begin
  for imported in select tablename from pg_tables where schemaname = 'source' loop
    execute format('alter table source.%I owner to colloquy_app', imported.tablename);
  end loop;
end $$;

-- Puts an audit log built anew in the place of one that was tampered with, which is kept. The application may call this
-- but gains nothing by it: only what the log itself holds, all of it and in its order, is accepted.
create function replace_audit_log() returns bigint language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  entries bigint;
begin
  lock table audit_entry in exclusive mode;
  select count(*) into entries from rebuild.audit_entry;
  if exists (
    select from (select row_number() over (order by seq) as place, * from rebuild.audit_entry) built
    full join (
      select row_number() over (order by transaction_id, global_index) as place, *
      from domain_event_entry order by transaction_id, global_index limit entries) logged
      on logged.place = built.place
    where built.seq is distinct from logged.place
       or built.event_id is distinct from logged.event_identifier
       or built.at is distinct from logged.time_stamp
       or built.type is distinct from logged.payload_type
       or built.revision is distinct from logged.payload_revision
       or built.aggregate_type is distinct from logged.type
       or built.aggregate_id is distinct from logged.aggregate_identifier
       or built.aggregate_seq is distinct from logged.sequence_number
       or built.payload is distinct from logged.payload
       or built.metadata is distinct from logged.meta_data
  ) then
    raise exception 'the rebuilt audit log is not that of the log' using errcode = 'insufficient_privilege';
  end if;
  if entries < (select coalesce(max(seq), 0) from audit_entry) then
    raise exception 'the rebuilt audit log is shorter' using errcode = 'insufficient_privilege';
  end if;
  execute format('create table replaced.audit_entry_%s as table audit_entry', to_char(clock_timestamp(), 'YYYYMMDDHH24MISSUS'));
  alter table audit_entry disable trigger append_only;
  alter table audit_node disable trigger append_only;
  truncate audit_entry, audit_node;
  insert into audit_entry (seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload,
                           metadata, entry_hash, leaf_hash)
  select seq, event_id, at, type, revision, aggregate_type, aggregate_id, aggregate_seq, payload, metadata, entry_hash,
         leaf_hash
  from rebuild.audit_entry order by seq;
  insert into audit_node (level, index, hash) select level, index, hash from rebuild.audit_node;
  alter table audit_entry enable trigger append_only;
  alter table audit_node enable trigger append_only;
  return entries;
end $$;
revoke all on function replace_audit_log() from public;
grant execute on function replace_audit_log() to colloquy_app;
