//! Templates of orders as they are looked through, and one of them as an order would begin with it today.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::company;
use crate::domain::counterparty::Counterparty;
use crate::domain::field::{FieldOf, Teller, Told};
use crate::domain::item::Item;
use crate::domain::order::line::LineInput;
use crate::domain::order::template::{Content, OrderTemplate, all};
use crate::domain::unit::Unit;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// Every template, by name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Templates {
    /// Part of the name.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// At most so many.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// A template as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TemplateRow {
    /// Its id.
    pub id: Id<OrderTemplate>,
    /// Its version.
    pub version: i64,
    /// How people call it.
    pub name: String,
    /// The customer's name; empty where it is for anybody.
    pub counterparty_name: String,
    /// How many lines it has.
    pub lines: usize,
}

impl Query for Templates {
    const NAME: &'static str = "templates";
    const NEED: Need = Need::Right(Right::OrderPlace);
    type Row = TemplateRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<TemplateRow>> {
        let wanted = text::fold(self.text.as_deref().unwrap_or_default());
        let most = self.limit.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let found = all(view)?.into_iter().filter(|template| text::fold(&template.name).contains(&wanted));
        let told = |template: OrderTemplate| {
            let content = template.content()?;
            Ok(TemplateRow {
                id: template.id,
                version: template.version,
                name: template.name,
                counterparty_name: customer(view, &content)?.map(|found| found.name).unwrap_or_default(),
                lines: content.lines.len(),
            })
        };
        found.take(most).map(told).collect()
    }
}

/// One template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateQuery {
    /// Which.
    pub id: Id<OrderTemplate>,
}

/// A template as an order would begin with it today.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateAnswer {
    /// Its id.
    pub id: Id<OrderTemplate>,
    /// Its version.
    pub version: i64,
    /// How people call it.
    pub name: String,
    /// The customer; none where it is for anybody, and where that customer is gone.
    pub counterparty: Option<Id<Counterparty>>,
    /// The customer's name.
    pub counterparty_name: String,
    /// From 0 to 9; higher goes first.
    pub priority: i64,
    /// For the desk.
    pub note: String,
    /// What it holds in the fields of the company's own, by their codes.
    pub fields: Told,
    /// The lines.
    pub lines: Vec<TemplateLine>,
}

/// A line of a template.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateLine {
    /// As a new order is registered with it: words, unit and price are those of the item today where the template has none.
    #[serde(flatten)]
    pub given: LineInput,
    /// The item's code.
    pub code: String,
    /// Whether the item is still offered; a line without one always is.
    pub offered: bool,
}

impl Query for TemplateQuery {
    const NAME: &'static str = "template";
    const NEED: Need = Need::Right(Right::OrderPlace);
    type Row = TemplateAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<TemplateAnswer>> {
        let template: OrderTemplate = view.get(self.id).map_err(|error| error.at("id"))?;
        let content = template.content()?;
        let customer = customer(view, &content)?;
        Ok(vec![TemplateAnswer {
            id: template.id,
            version: template.version,
            name: template.name,
            counterparty: customer.as_ref().map(|found| found.id),
            counterparty_name: customer.map(|found| found.name).unwrap_or_default(),
            priority: content.priority,
            note: content.note,
            fields: Teller::of(view, FieldOf::Order)?.told(content.fields),
            lines: content.lines.into_iter().map(|line| today(view, line)).collect::<Result<_>>()?,
        }])
    }
}

fn customer(view: &View<'_>, content: &Content) -> Result<Option<Counterparty>> {
    content.counterparty.map_or(Ok(None), |id| view.find_row(id))
}

/// A line with what its item says today.
fn today(view: &View<'_>, given: LineInput) -> Result<TemplateLine> {
    let Some(id) = given.item else { return Ok(TemplateLine { given, code: String::new(), offered: true }) };
    let Some(item) = view.find_row::<Item>(id)? else {
        return Ok(TemplateLine { given, code: String::new(), offered: false });
    };
    let unit = match given.unit {
        Some(code) => code,
        None => view.get::<Unit>(item.unit_id)?.code,
    };
    let listed = item.price.filter(|_| company::current(view).is_ok_and(|company| company.currency == item.currency));
    let given =
        LineInput { text: given.text.or(Some(item.name)), unit: Some(unit), price: given.price.or(listed), ..given };
    Ok(TemplateLine { given, code: item.code, offered: item.active })
}
