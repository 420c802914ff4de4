//! Invoices as they are asked for.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::document::DocumentContent;
use crate::domain::history::Happening;
use crate::domain::invoice::list::LIST;
use crate::domain::invoice::{Invoice, store};
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::{company, history, list_filter, role};
use crate::engine::command::Need;
use crate::engine::db::Db;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, GroupTotals, Listed};
use crate::engine::table::{Columns, FromRow, Row as _};
use crate::engine::value::Column as _;
use crate::params;

/// Invoices, newest first. Filters of one name are joined by "or", filters of several names by "and".
/// Wide: one field a filter, named as the command line names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvoicesQuery {
    /// A number of an invoice or an order, or part of the customer's name, code, tax id, e-mail or phone.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub counterparty: Option<Vec<String>>,
    /// Only this order's.
    pub order: Option<Id<Order>>,
    /// Currencies.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub currency: Option<Vec<String>>,
    /// Only those that were voided, or only those that stand.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub voided: Option<bool>,
    /// Only those of this group, as `list-groups` tells it.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub group: Option<String>,
    /// `date`, `number`, `customer` or `total`; `-` before it turns it round.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key or id.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

/// Count and sums of everything that matches, one row a currency, the company's own first. Takes the same filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvoicesTotalsQuery(pub InvoicesQuery);

/// Count and sums in one currency; what was voided counts, but adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvoicesTotals {
    /// The currency.
    pub currency: Currency,
    /// How many invoices.
    pub count: i64,
    /// Without tax.
    pub net: String,
    /// Tax.
    pub tax: String,
    /// With tax.
    pub total: String,
}

/// One invoice. Amounts are decimals of `currency`. Wide: a row of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct InvoiceRow {
    /// Id.
    pub id: Id<Invoice>,
    /// Version.
    pub version: i64,
    /// Number.
    pub number: Number,
    /// Date.
    pub date: Date,
    /// The order.
    pub order: Id<Order>,
    /// The order's number.
    pub order_number: Number,
    /// The customer.
    pub counterparty: Id<Counterparty>,
    /// The customer's name.
    pub counterparty_name: String,
    /// The currency.
    pub currency: Currency,
    /// Without tax.
    pub net: String,
    /// Tax.
    pub tax: String,
    /// With tax.
    pub total: String,
    /// The number a fiscal device gave.
    pub fiscal_number: String,
    /// How often it was handed to a printer.
    pub printed: i64,
    /// Whether it was voided.
    pub voided: bool,
    /// Why.
    pub reason: String,
}

/// Columns as the list gives them.
impl FromRow for InvoiceRow {
    fn from_row(columns: &mut Columns) -> Result<InvoiceRow> {
        let (id, version, number, date) = (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
        let (order, order_number) = (columns.take()?, columns.take()?);
        let (counterparty, counterparty_name, currency) = (columns.take()?, columns.take()?, columns.take()?);
        let mut amount = || Ok::<_, Error>(Money::new(columns.take()?, currency).to_string());
        let (net, tax, total) = (amount()?, amount()?, amount()?);
        let (fiscal_number, printed) = (columns.take()?, columns.take()?);
        let (voided, reason) = (columns.take()?, columns.take()?);
        Ok(InvoiceRow {
            id,
            version,
            number,
            date,
            order,
            order_number,
            counterparty,
            counterparty_name,
            currency,
            net,
            tax,
            total,
            fiscal_number,
            printed,
            voided,
            reason,
        })
    }
}

impl InvoiceRow {
    fn of(db: &Db, invoice: &Invoice) -> Result<InvoiceRow> {
        let text = |minor| Money::new(minor, invoice.currency).to_string();
        let (order, customer): (Order, Counterparty) = (db.get(invoice.order_id)?, db.get(invoice.counterparty_id)?);
        Ok(InvoiceRow {
            id: invoice.id,
            version: invoice.version,
            number: invoice.number,
            date: invoice.date,
            order: invoice.order_id,
            order_number: order.number,
            counterparty: invoice.counterparty_id,
            counterparty_name: customer.name,
            currency: invoice.currency,
            net: text(invoice.net),
            tax: text(invoice.tax),
            total: text(invoice.total),
            fiscal_number: invoice.fiscal_number.clone(),
            printed: invoice.printed,
            voided: invoice.voided,
            reason: invoice.reason.clone(),
        })
    }
}

impl Query for InvoicesQuery {
    const NAME: &'static str = "invoices";
    const NEED: Need = Need::Right(Right::InvoiceView);
    type Row = Listed<InvoiceRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<InvoiceRow>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("-date"))?;
        ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?.page(view)
    }
}

impl Query for InvoicesTotalsQuery {
    const NAME: &'static str = "invoices-totals";
    const NEED: Need = InvoicesQuery::NEED;
    type Row = InvoicesTotals;

    fn run(&self, view: &View<'_>) -> Result<Vec<InvoicesTotals>> {
        let groups = self.0.filtered(view)?.totals(view, company::current(view)?.currency.code())?;
        let told = |group: &GroupTotals| {
            let currency = Currency::parse(&group.group)?;
            let mut sums = group.sums.iter().map(|sum| Money::new(*sum, currency).to_string());
            let mut next = || sums.next().unwrap_or_default();
            Ok(InvoicesTotals { currency, count: group.count, net: next(), tax: next(), total: next() })
        };
        groups.iter().map(told).collect()
    }
}

impl InvoicesQuery {
    /// The list with every filter that is given, limited to what the asker may see. Rejected for an order that the
    /// asker may not see.
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        if let Some(order) = self.order {
            orders::visible_order(view, view.actor(), order)?;
        }
        let own = role::visible_responsible(view.actor());
        list_filter::by_number_or_customer(LIST.ask(), view, self.text.as_deref())?
            .filter("period", list_filter::days(self.from, self.to))?
            .filter("counterparty", list_filter::ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("order", self.order.map(|order| order.to_value()).into_iter().collect())?
            .filter("currency", list_filter::currencies(self.currency.as_deref())?)?
            .filter("voided", list_filter::flag(self.voided))?
            .filter("own", own.map(|own| own.to_value()).into_iter().collect())?
            .in_group(self.group.as_deref())
    }
}

/// The invoices of an order, oldest first.
pub fn of_order(db: &Db, order: Id<Order>) -> Result<Vec<InvoiceRow>> {
    let invoices: Vec<Invoice> = db.rows(&store::OF_ORDER, params![order])?;
    invoices.iter().map(|invoice| InvoiceRow::of(db, invoice)).collect()
}

/// One invoice, with all that its paper says. By id, by number, or the standing one of an order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceQuery {
    /// The invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Invoice>>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// Its order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
}

/// An invoice with its frozen content.
#[derive(Clone, Debug, Serialize)]
pub struct InvoiceAnswer {
    /// The invoice.
    #[serde(flatten)]
    pub invoice: InvoiceRow,
    /// The version of the form it is printed by.
    pub form_version: i64,
    /// What its paper says.
    pub content: Json,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

impl Query for InvoiceQuery {
    const NAME: &'static str = "invoice";
    const NEED: Need = Need::Right(Right::InvoiceView);
    type Row = InvoiceAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<InvoiceAnswer>> {
        let invoice = self.find(view)?;
        let content = DocumentContent::from_json(&invoice.content)?.told()?;
        let form_version = invoice.form_version;
        let history = history::of_record(view, Invoice::TABLE, invoice.id.get())?;
        Ok(vec![InvoiceAnswer { invoice: InvoiceRow::of(view, &invoice)?, form_version, content, history }])
    }
}

impl InvoiceQuery {
    /// The invoice that is asked for. Rejected when there is none, or without the right to see its order.
    pub fn find(&self, view: &View<'_>) -> Result<Invoice> {
        let invoice = self.locate(view)?;
        orders::visible_order(view, view.actor(), invoice.order_id).map_err(|error| error.at("id"))?;
        Ok(invoice)
    }

    fn locate(&self, view: &View<'_>) -> Result<Invoice> {
        if let Some(id) = self.id {
            return view.get(id).map_err(|error| error.at("id"));
        }
        if let Some(order) = self.order {
            orders::visible_order(view, view.actor(), order)?;
            let all: Vec<Invoice> = view.rows(&store::OF_ORDER, params![order])?;
            let standing = all.into_iter().max_by_key(|invoice| (!invoice.voided, invoice.id.get()));
            return standing.ok_or_else(|| Error::rejected("error.invoice.order_without").at("order"));
        }
        let Some(number) = self.number else {
            return Err(Error::rejected("error.invoice.which").at("id"));
        };
        let found: Option<(Id<Invoice>,)> = view.row(&store::BY_NUMBER, params![number])?;
        view.get(found.ok_or_else(|| Error::rejected("error.not_found").arg("id", number).at("number"))?.0)
    }
}
