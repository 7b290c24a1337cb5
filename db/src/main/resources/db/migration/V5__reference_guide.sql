-- What a turn obeys: the changes of its conversation's shared state before it.
create index domain_event_entry_state_changes on domain_event_entry (aggregate_identifier, sequence_number)
  where payload_type = 'conversation-state-changed';

-- The live widgets of a person, which the reference guide's own endpoints look for.
create index domain_event_entry_opened on domain_event_entry ((payload ->> 'owner'))
  where payload_type = 'conversation-opened';
create index domain_event_entry_widgets on domain_event_entry (aggregate_identifier, sequence_number)
  where payload_type = 'widget-generated';

-- Widgets by the end of their time.
alter table widget add column expired boolean not null default false;
create index widget_overdue on widget (expires_at) where not expired;

-- The shared state is folded by one rule for all who need it: conversations are projected anew from the log.
truncate conversation, turn;
delete from token_entry where processor_name = 'conversation-state';

alter table conversation
  alter column state set default '{"active_filters": {}, "active_data_sources": [], "widget_states": {}}';

-- Downloads are the work of a processing group of their own.
update work_in_progress set kind = 'export'
where kind = 'action'
  and exists (
    select from domain_event_entry e
    where e.aggregate_identifier = work_in_progress.conversation_id
      and e.payload_type = 'action-authorized'
      and e.payload ->> 'invocation_id' = work_in_progress.work_id
      and e.payload -> 'action' ->> 'type' = 'download');
