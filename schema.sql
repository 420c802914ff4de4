-- The whole truth of a new company file. Money is in minor units, quantities, prices and costs in
-- millionths, percents in parts per million, instants in UTC milliseconds, dates as YYYY-MM-DD.
-- Columns that lists sort by are NOT NULL; "none" is a sentinel there ('9999-12-31', 0 or '').

-- Engine ------------------------------------------------------------------------------------------

CREATE TABLE instance (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  file_id BLOB NOT NULL CHECK (length(file_id) = 16),
  created_at INTEGER NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1))
) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  command TEXT NOT NULL,
  arguments BLOB NOT NULL,
  command_id BLOB CHECK (command_id IS NULL OR length(command_id) = 16),
  batch_id INTEGER NOT NULL,
  result TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE UNIQUE INDEX journal_command_id ON journal (command_id) WHERE command_id IS NOT NULL;
CREATE INDEX journal_batch ON journal (batch_id, seq) WHERE batch_id <> 0;

CREATE TABLE journal_rows (
  seq INTEGER NOT NULL,
  table_code INTEGER NOT NULL,
  row_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
  diff BLOB NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (seq, table_code, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_rows_record ON journal_rows (table_code, row_id, seq);

CREATE TABLE series (
  name TEXT PRIMARY KEY NOT NULL,
  next INTEGER NOT NULL CHECK (next > 0)
) STRICT;

CREATE TABLE blobs (
  hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
  size INTEGER NOT NULL CHECK (size >= 0 AND size <= 20971520),
  content BLOB NOT NULL
) STRICT;

CREATE TABLE drafts (
  user_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (user_id, kind, key)
) STRICT;

CREATE TABLE layouts (
  user_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (user_id, part)
) STRICT;

CREATE TABLE sign_ins (
  login TEXT PRIMARY KEY NOT NULL,
  failures INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  wait_until INTEGER NOT NULL,
  recent TEXT NOT NULL
) STRICT;

-- People and rights -------------------------------------------------------------------------------

CREATE TABLE roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  rights TEXT NOT NULL,
  discount_limit INTEGER NOT NULL CHECK (discount_limit BETWEEN 0 AND 1000000)
) STRICT;

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role_id INTEGER NOT NULL REFERENCES roles (id),
  language TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX users_role ON users (role_id);

CREATE TABLE credentials (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL CHECK (kind IN ('password', 'recovery', 'reset', 'pin')),
  phc TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX credentials_user ON credentials (user_id, kind);

-- Company and directories -------------------------------------------------------------------------

CREATE TABLE companies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  tax_id TEXT NOT NULL,
  vat_number TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  bank_name TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  director TEXT NOT NULL,
  accountant TEXT NOT NULL,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0, 1)),
  rounding TEXT NOT NULL CHECK (rounding IN ('line', 'document')),
  default_tax_rate_id INTEGER,
  logo_hash BLOB,
  demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE currencies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  cash_step INTEGER NOT NULL CHECK (cash_step > 0),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE units (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE tax_rates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  percent INTEGER NOT NULL CHECK (percent >= 0),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE scale_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE CHECK (length(prefix) BETWEEN 2 AND 4),
  item_digits INTEGER NOT NULL CHECK (item_digits BETWEEN 3 AND 7),
  measure TEXT NOT NULL CHECK (measure IN ('quantity', 'amount')),
  decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 4),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE payment_methods (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'transfer')),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE statuses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'confirmed', 'in-work', 'ready', 'closed', 'cancelled')),
  color TEXT NOT NULL,
  icon TEXT NOT NULL,
  position INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE categories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE item_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES item_groups (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX item_groups_parent ON item_groups (parent_id);

CREATE TABLE own_fields (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (record IN ('order', 'counterparty', 'item')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  holds TEXT NOT NULL CHECK (holds IN ('text', 'number', 'money', 'date', 'flag', 'choice')),
  choices TEXT NOT NULL,
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  printed INTEGER NOT NULL CHECK (printed IN (0, 1)),
  position INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  UNIQUE (record, code)
) STRICT;

-- Counterparties and items ------------------------------------------------------------------------

CREATE TABLE counterparties (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'company')),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  code TEXT NOT NULL,
  tax_id TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  delivery_address TEXT NOT NULL,
  bank_name TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  contact TEXT NOT NULL,
  language TEXT NOT NULL,
  category_id INTEGER REFERENCES categories (id),
  note TEXT NOT NULL,
  search TEXT NOT NULL,
  walk_in INTEGER NOT NULL CHECK (walk_in IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
-- Wide, so that rows are counted by it alone.
CREATE INDEX counterparties_name ON counterparties (name_key, id, kind, category_id, walk_in, active);
CREATE INDEX counterparties_tax_id ON counterparties (tax_id, id) WHERE tax_id <> '';
CREATE INDEX counterparties_code ON counterparties (code, id);
CREATE INDEX counterparties_category ON counterparties (category_id);
CREATE UNIQUE INDEX counterparties_walk_in ON counterparties (walk_in) WHERE walk_in = 1;

CREATE TABLE counterparty_phones (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  counterparty_id INTEGER NOT NULL REFERENCES counterparties (id),
  position INTEGER NOT NULL,
  phone TEXT NOT NULL,
  digits TEXT NOT NULL
) STRICT;
CREATE INDEX counterparty_phones_owner ON counterparty_phones (counterparty_id, position);
CREATE INDEX counterparty_phones_digits ON counterparty_phones (digits);

CREATE VIRTUAL TABLE counterparties_search USING fts5 (search, content = '', contentless_delete = 1, tokenize = 'trigram');

CREATE TABLE items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('goods', 'service', 'made-to-order')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  price INTEGER,
  cost INTEGER,
  currency TEXT NOT NULL,
  tax_rate_id INTEGER REFERENCES tax_rates (id),
  group_id INTEGER REFERENCES item_groups (id),
  picture_hash BLOB,
  search TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX items_code ON items (code) WHERE code <> '';
CREATE INDEX items_code_order ON items (code, id);
-- Wide, so that rows are counted by it alone.
CREATE INDEX items_name ON items (name_key, id, kind, group_id, active);
CREATE INDEX items_unit ON items (unit_id);
CREATE INDEX items_tax_rate ON items (tax_rate_id);
CREATE INDEX items_group ON items (group_id, name_key, id);

CREATE TABLE item_barcodes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  item_id INTEGER NOT NULL REFERENCES items (id),
  position INTEGER NOT NULL,
  barcode TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX item_barcodes_item ON item_barcodes (item_id, position);

CREATE VIRTUAL TABLE items_search USING fts5 (search, content = '', contentless_delete = 1, tokenize = 'trigram');

-- Orders, payments, invoices ----------------------------------------------------------------------

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'return')),
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due TEXT NOT NULL,
  counterparty_id INTEGER NOT NULL REFERENCES counterparties (id),
  responsible_id INTEGER NOT NULL REFERENCES users (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'confirmed', 'in-work', 'ready', 'closed', 'cancelled')),
  status_id INTEGER REFERENCES statuses (id),
  priority INTEGER NOT NULL,
  original_id INTEGER REFERENCES orders (id),
  currency TEXT NOT NULL,
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0, 1)),
  rounding TEXT NOT NULL CHECK (rounding IN ('line', 'document')),
  note TEXT NOT NULL,
  reference TEXT NOT NULL,
  freight INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  debt INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  CHECK (net + tax = total),
  CHECK (debt = CASE WHEN state IN ('draft', 'cancelled') THEN 0 ELSE total END - paid)
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number);
-- Wide, so that count and sums over any filter are read from this index alone.
CREATE INDEX orders_date ON orders
  (date, id, number, due, state, counterparty_id, responsible_id, status_id, currency, total, paid, debt, kind);
CREATE INDEX orders_due ON orders (due, id);
CREATE INDEX orders_open ON orders (due, id) WHERE state IN ('confirmed', 'in-work', 'ready');
CREATE INDEX orders_total ON orders (total, id);
CREATE INDEX orders_debt ON orders (debt, id);
CREATE INDEX orders_owing ON orders (debt, id) WHERE debt <> 0;
CREATE INDEX orders_counterparty ON orders (counterparty_id, date, id);
CREATE INDEX orders_responsible ON orders (responsible_id, date, id);
CREATE INDEX orders_state ON orders (state, date, id);
CREATE INDEX orders_status ON orders (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX orders_original ON orders (original_id) WHERE original_id IS NOT NULL;

CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  item_id INTEGER REFERENCES items (id),
  text TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  quantity INTEGER NOT NULL,
  price INTEGER NOT NULL,
  discount_percent INTEGER NOT NULL CHECK (discount_percent BETWEEN 0 AND 1000000),
  discount_amount INTEGER NOT NULL,
  tax_rate_id INTEGER REFERENCES tax_rates (id),
  tax_percent INTEGER NOT NULL CHECK (tax_percent >= 0),
  executor_id INTEGER REFERENCES users (id),
  corrected INTEGER,
  correction_reason TEXT NOT NULL,
  original_line_id INTEGER REFERENCES order_lines (id),
  cost INTEGER,
  discount INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  CHECK (net + tax = total)
) STRICT;
CREATE INDEX order_lines_order ON order_lines (order_id, position);
CREATE INDEX order_lines_original ON order_lines (original_line_id) WHERE original_line_id IS NOT NULL;
CREATE INDEX order_lines_item ON order_lines (item_id) WHERE item_id IS NOT NULL;

CREATE TABLE payments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'reversal')),
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  counterparty_id INTEGER NOT NULL REFERENCES counterparties (id),
  order_id INTEGER REFERENCES orders (id),
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  received INTEGER NOT NULL,
  change INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  advance INTEGER NOT NULL,
  reverses_id INTEGER REFERENCES payments (id),
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  reason TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX payments_number ON payments (number);
CREATE INDEX payments_order ON payments (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX payments_counterparty ON payments (counterparty_id, date, id);
-- Wide, so that count and sums over any filter are read from this index alone.
CREATE INDEX payments_date ON payments
  (date, id, number, kind, counterparty_id, order_id, user_id, currency, amount, voided);
CREATE INDEX payments_amount ON payments (amount, id);
CREATE UNIQUE INDEX payments_reverses ON payments (reverses_id) WHERE reverses_id IS NOT NULL;

CREATE TABLE payment_tenders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  payment_id INTEGER NOT NULL REFERENCES payments (id),
  position INTEGER NOT NULL,
  method_id INTEGER NOT NULL REFERENCES payment_methods (id),
  kind TEXT NOT NULL CHECK (kind IN ('tender', 'change', 'rounding')),
  amount INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX payment_tenders_payment ON payment_tenders (payment_id, position);

CREATE TABLE allocations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  payment_id INTEGER NOT NULL REFERENCES payments (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  amount INTEGER NOT NULL
) STRICT;
CREATE INDEX allocations_payment ON allocations (payment_id);
CREATE INDEX allocations_order ON allocations (order_id);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  counterparty_id INTEGER NOT NULL REFERENCES counterparties (id),
  currency TEXT NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  form_version INTEGER NOT NULL,
  content TEXT NOT NULL,
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
  fiscal_number TEXT NOT NULL,
  printed INTEGER NOT NULL CHECK (printed >= 0),
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoices_number ON invoices (number);
CREATE UNIQUE INDEX invoices_order ON invoices (order_id) WHERE voided = 0;
CREATE INDEX invoices_order_all ON invoices (order_id, id);
CREATE INDEX invoices_counterparty ON invoices (counterparty_id, date, id);
-- Wide, so that count and sums over any filter are read from this index alone.
CREATE INDEX invoices_date ON invoices
  (date, id, number, order_id, counterparty_id, currency, net, tax, total, voided);
CREATE INDEX invoices_total ON invoices (total, id);
CREATE INDEX invoices_fiscal ON invoices (fiscal_number, id) WHERE fiscal_number <> '';

CREATE TABLE opening_balances (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  counterparty_id INTEGER NOT NULL REFERENCES counterparties (id),
  currency TEXT NOT NULL,
  date TEXT NOT NULL,
  amount INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX opening_balances_counterparty ON opening_balances (counterparty_id, currency);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  owner TEXT NOT NULL CHECK (owner IN ('order', 'counterparty', 'item', 'payment', 'invoice')),
  owner_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_hash BLOB NOT NULL REFERENCES blobs (hash)
) STRICT;
CREATE INDEX attachments_owner ON attachments (owner, owner_id, id);
CREATE INDEX attachments_content ON attachments (content_hash);

-- One row a value. The value is exact, as people give it; its key stands in the order of the values of its field.
CREATE TABLE own_values (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  field_id INTEGER NOT NULL REFERENCES own_fields (id),
  order_id INTEGER REFERENCES orders (id),
  counterparty_id INTEGER REFERENCES counterparties (id),
  item_id INTEGER REFERENCES items (id),
  value TEXT NOT NULL CHECK (value <> ''),
  value_key TEXT NOT NULL,
  CHECK (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END + CASE WHEN counterparty_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN item_id IS NULL THEN 0 ELSE 1 END = 1)
) STRICT;
CREATE INDEX own_values_field ON own_values (field_id, value_key, order_id, counterparty_id, item_id);
CREATE UNIQUE INDEX own_values_order ON own_values (order_id, field_id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX own_values_counterparty ON own_values (counterparty_id, field_id)
  WHERE counterparty_id IS NOT NULL;
CREATE UNIQUE INDEX own_values_item ON own_values (item_id, field_id) WHERE item_id IS NOT NULL;

-- Import ------------------------------------------------------------------------------------------

CREATE TABLE import_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')),
  next_row INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL
) STRICT;

CREATE TABLE import_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  content_hash BLOB NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batches (id)
) STRICT;
CREATE UNIQUE INDEX import_keys_key ON import_keys (kind, source, key);
CREATE INDEX import_keys_batch ON import_keys (batch_id);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  due TEXT NOT NULL,
  repeats TEXT NOT NULL CHECK (repeats IN ('never', 'daily', 'weekdays', 'weekly', 'monthly', 'yearly')),
  since TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  author_id INTEGER NOT NULL REFERENCES users (id),
  order_id INTEGER REFERENCES orders (id),
  counterparty_id INTEGER REFERENCES counterparties (id),
  done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;
CREATE INDEX tasks_due ON tasks (due, id);
CREATE INDEX tasks_user ON tasks (user_id, done, due);
CREATE INDEX tasks_author ON tasks (author_id);
CREATE INDEX tasks_order ON tasks (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX tasks_counterparty ON tasks (counterparty_id) WHERE counterparty_id IS NOT NULL;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  author_id INTEGER NOT NULL REFERENCES users (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  text TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  order_id INTEGER REFERENCES orders (id),
  read INTEGER NOT NULL CHECK (read IN (0, 1))
) STRICT;
CREATE INDEX messages_sent ON messages (sent_at, id);
CREATE INDEX messages_user ON messages (user_id, read, sent_at);
CREATE INDEX messages_author ON messages (author_id);
CREATE INDEX messages_order ON messages (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  list TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  role_id INTEGER REFERENCES roles (id),
  content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX views_name ON views (list, user_id, name_key);
CREATE INDEX views_user ON views (user_id);
CREATE INDEX views_role ON views (role_id) WHERE role_id IS NOT NULL;

CREATE TABLE order_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX order_templates_name ON order_templates (name_key);

-- Stock -------------------------------------------------------------------------------------------

CREATE TABLE locations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('warehouse', 'retail-point', 'place', 'supplier', 'customer', 'loss', 'transit')),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES locations (id),
  below_zero INTEGER NOT NULL CHECK (below_zero IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  CHECK ((kind = 'place') = (parent_id IS NOT NULL))
) STRICT;
CREATE INDEX locations_parent ON locations (parent_id);

CREATE TABLE waybills (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'issue', 'transfer', 'write-off', 'reversal')),
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  from_id INTEGER NOT NULL REFERENCES locations (id),
  to_id INTEGER NOT NULL REFERENCES locations (id),
  counterparty_id INTEGER REFERENCES counterparties (id),
  reference TEXT NOT NULL,
  under_way INTEGER NOT NULL CHECK (under_way IN (0, 1)),
  reverses_id INTEGER REFERENCES waybills (id),
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  CHECK (from_id <> to_id)
) STRICT;
CREATE UNIQUE INDEX waybills_number ON waybills (number);
CREATE INDEX waybills_counterparty ON waybills (counterparty_id, date, id) WHERE counterparty_id IS NOT NULL;
-- Wide, so that rows are counted by it alone.
CREATE INDEX waybills_date ON waybills
  (date, id, number, kind, from_id, to_id, counterparty_id, under_way, voided);
CREATE UNIQUE INDEX waybills_reverses ON waybills (reverses_id) WHERE reverses_id IS NOT NULL;

CREATE TABLE stock_moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  waybill_id INTEGER NOT NULL REFERENCES waybills (id),
  position INTEGER NOT NULL CHECK (position > 0),
  item_id INTEGER NOT NULL REFERENCES items (id),
  from_id INTEGER NOT NULL REFERENCES locations (id),
  to_id INTEGER NOT NULL REFERENCES locations (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  date TEXT NOT NULL,
  moved_at INTEGER NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX stock_moves_waybill ON stock_moves (waybill_id, id);
CREATE INDEX stock_moves_item ON stock_moves (item_id, date, id);

-- Kept from the moves: what lies where the company itself keeps goods, and between two such places.
CREATE TABLE balances (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id INTEGER NOT NULL REFERENCES items (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  on_hand INTEGER NOT NULL,
  UNIQUE (item_id, location_id)
) STRICT;
CREATE INDEX balances_item ON balances (item_id, location_id, id, on_hand);
CREATE INDEX balances_location ON balances (location_id, item_id, on_hand);
CREATE INDEX balances_on_hand ON balances (on_hand, id);
