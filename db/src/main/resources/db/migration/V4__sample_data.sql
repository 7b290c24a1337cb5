-- Sample data, the same on every machine: arithmetic instead of a random generator.
create schema sample;

create table sample.sales (
  sale_id bigint         primary key,
  sold_on date           not null,
  region  text           not null,
  product text           not null,
  channel text           not null,
  units   integer        not null,
  revenue numeric(12, 2) not null
);

insert into sample.sales (sale_id, sold_on, region, product, channel, units, revenue)
select n,
       sold_on,
       region,
       product,
       channel,
       units,
       round((units * price
              * (1 + 0.04 * (extract(year from sold_on) - 2023))
              * case extract(quarter from sold_on) when 1 then 0.92 when 2 then 1.0 when 3 then 0.97 else 1.18 end
              * case region when 'West' then 1.15 when 'North' then 1.0 when 'South' then 0.9 else 0.82 end
             )::numeric, 2)
from (
  select n,
         date '2023-01-01' + chance[1] % 1400 as sold_on,
         (array['North', 'South', 'East', 'West'])[1 + chance[2] % 4] as region,
         (array['Laptop', 'Phone', 'Tablet', 'Monitor', 'Headset'])[1 + chance[3] % 5] as product,
         (array['Online', 'Online', 'Store', 'Partner'])[1 + chance[4] % 4] as channel,
         1 + chance[5] % 5 as units,
         (array[1250, 820, 460, 310, 95])[1 + chance[3] % 5] * (0.9 + (chance[6] % 21) / 100.0) as price
  from (
    -- MD5 mixes well and gives the same digits everywhere.
    select n,
           array[('x' || substr(hash, 1, 5))::bit(20)::integer, ('x' || substr(hash, 6, 5))::bit(20)::integer,
                 ('x' || substr(hash, 11, 5))::bit(20)::integer, ('x' || substr(hash, 16, 5))::bit(20)::integer,
                 ('x' || substr(hash, 21, 5))::bit(20)::integer, ('x' || substr(hash, 26, 5))::bit(20)::integer]
             as chance
    from (select n, md5(n::text) as hash from generate_series(1, 120000) as n offset 0) as hashed offset 0
  ) as mixed
) as generated;
create index sales_sold_on on sample.sales (sold_on);

create table sample.customers (
  customer_id    bigint         primary key,
  name           text           not null,
  city           text           not null,
  state          text           not null,
  segment        text           not null,
  customer_since date           not null,
  revenue        numeric(12, 2) not null
);

insert into sample.customers (customer_id, name, city, state, segment, customer_since, revenue)
select n,
       (array['Acme', 'Birch', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Iris', 'Juniper', 'Keystone',
              'Lumen', 'Maple', 'Nimbus', 'Orchard', 'Pioneer', 'Quarry', 'Ridge', 'Summit', 'Tundra'])[1 + n % 20]
         || ' '
         || (array['Foods', 'Logistics', 'Media', 'Energy', 'Health', 'Retail', 'Systems', 'Textiles', 'Works',
                   'Partners', 'Labs', 'Freight'])[1 + (n / 20) % 12]
         || case when n >= 240 then ' ' || (1 + n / 240) else '' end,
       (array['New York', 'Buffalo', 'Albany', 'Los Angeles', 'San Francisco', 'San Diego',
              'Houston', 'Austin', 'Dallas', 'Miami', 'Orlando', 'Tampa'])[1 + place],
       (array['NY', 'CA', 'TX', 'FL'])[1 + place / 3],
       (array['Enterprise', 'Mid-market', 'Small business'])[1 + (n * 7) % 3],
       date '2015-01-01' + ((n * 6271) % 4000)::integer,
       round((4000 + ((n * 48271) % 900000))::numeric / (1 + (n * 7) % 3), 2)
from (select n, ((n * 5 + n / 12) % 12)::integer as place from generate_series(0, 1199) as n) as generated;

-- Questions run as this role: it reads the data and nothing else.
do $$
begin
  create role colloquy_reader nologin;
exception when duplicate_object then
  null;
end $$;
grant usage on schema sample to colloquy_reader;
grant select on all tables in schema sample to colloquy_reader;
grant colloquy_reader to current_user;
