-- What people bring: a table per sheet, made when it is imported, and the passages of documents.
create schema source;
grant usage on schema source to colloquy_reader;

create table source.passage (
  source_id text    not null,
  number    integer not null,
  page      integer,
  heading   text,
  content   text    not null,
  search    tsvector not null generated always as (
    setweight(to_tsvector('english', coalesce(heading, '')), 'A') || to_tsvector('english', content)) stored,
  primary key (source_id, number)
);
create index passage_search on source.passage using gin (search);
grant select on source.passage to colloquy_reader;

-- The events of sources are few and read from the log itself.
create index domain_event_entry_sources on domain_event_entry (global_index) where type = 'source';

-- What a turn goes on from: the questions and plans of its conversation before it.
create index domain_event_entry_turns on domain_event_entry (aggregate_identifier, sequence_number)
  where payload_type in ('turn-submitted', 'intent-classified');
