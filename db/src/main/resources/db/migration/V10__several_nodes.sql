-- Each node takes a number at its start, and holds the advisory lock of that number while it lives.
create sequence node_number as integer;

-- 1129270604 is "CoLL": the first of the two keys of those locks.
create view live_node as
select 'node-' || objid as node_id
from pg_locks
where locktype = 'advisory' and classid = 1129270604 and objsubid = 2 and granted
  and database = (select oid from pg_database where datname = current_database());

grant usage on sequence node_number to colloquy_app;
grant select on live_node to colloquy_app;

-- Who does it.
alter table work_in_progress add column node_id text;

-- What belongs to the installation, and must be the same on all its nodes.
create table installation (
  singleton     boolean primary key default true check (singleton),
  secret_digest text    not null
);
grant select, insert on installation to colloquy_app;

-- The groups that do work are divided among the nodes: four parts each, all where the one part was.
insert into token_entry (processor_name, segment, token, token_type, timestamp)
select processor_name, part, token, token_type, timestamp
from token_entry whole, generate_series(1, 3) part
where processor_name in ('turn-responder', 'action-executor', 'source-worker', 'export-worker')
  and segment = 0
  and not exists (
    select from token_entry other where other.processor_name = whole.processor_name and other.segment > 0);
