-- Roles map to permissions; users of an identity provider bring their roles in the token.
create table role_permission (
  role       text not null,
  permission text not null,
  primary key (role, permission)
);
insert into role_permission (role, permission) values
  ('viewer', 'viewer'),
  ('analyst', 'viewer'), ('analyst', 'analyst'),
  ('manager', 'viewer'), ('manager', 'analyst'), ('manager', 'manager'), ('manager', 'data_exporter'),
  ('data_exporter', 'data_exporter'),
  ('auditor', 'auditor'),
  ('admin', 'viewer'), ('admin', 'analyst'), ('admin', 'manager'), ('admin', 'data_exporter'), ('admin', 'admin');

create table user_role (
  username text not null,
  role     text not null,
  primary key (username, role)
);
