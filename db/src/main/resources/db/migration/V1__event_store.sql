-- The log. Nothing here is ever changed or removed.
create table domain_event_entry (
  global_index         bigint generated always as identity primary key,
  -- An identity value is taken before commit; the transaction id makes the order of events commit-safe.
  transaction_id       xid8        not null default pg_current_xact_id(),
  event_identifier     text        not null unique,
  aggregate_identifier text        not null,
  sequence_number      bigint      not null,
  type                 text,
  payload_type         text        not null,
  payload_revision     text,
  payload              jsonb       not null,
  meta_data            jsonb       not null,
  time_stamp           timestamptz not null,
  unique (aggregate_identifier, sequence_number)
);
create index domain_event_entry_commit_order on domain_event_entry (transaction_id, global_index);
create index domain_event_entry_widget on domain_event_entry ((payload -> 'descriptor' ->> 'widget_id'))
  where payload_type = 'widget-generated';

create table snapshot_event_entry (
  aggregate_identifier text        primary key,
  event_identifier     text        not null unique,
  sequence_number      bigint      not null,
  type                 text        not null,
  payload_type         text        not null,
  payload_revision     text,
  payload              jsonb       not null,
  meta_data            jsonb       not null,
  time_stamp           timestamptz not null
);

-- Axon's own layout: where each processing group has got to.
create table token_entry (
  processor_name text    not null,
  segment        integer not null,
  token          bytea,
  token_type     text,
  timestamp      text,
  owner          text,
  primary key (processor_name, segment)
);
