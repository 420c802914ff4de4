//! Tasks as they are looked through: by day and time, of whom and about what, page by page.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::list_filter;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::due::Due;
use crate::domain::order::query::moment;
use crate::domain::task::{Repeats, Task};
use crate::domain::user::User;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Filter, Lead, List, Listed, Sort, Test};
use crate::engine::value::Column as _;
use crate::result_row;

crate::list! {

/// The list of tasks.
pub static LIST: List = List {
    name: "tasks",
    table: "tasks",
    alias: "t",
    columns: "t.id, t.version, t.name, t.note, t.due, t.repeats, t.user_id, u.name, a.name, t.order_id, o.number, \
              t.counterparty_id, COALESCE(c.name, ''), t.done",
    joins: "JOIN users u ON u.id = t.user_id JOIN users a ON a.id = t.author_id \
            LEFT JOIN orders o ON o.id = t.order_id LEFT JOIN counterparties c ON c.id = t.counterparty_id",
    filters: FILTERS,
    sorts: SORTS,
    totals: None,
};

const FILTERS: &[Filter] = &[
    // Those of one person: to be done by them, or written down by them.
    Filter { name: "of", test: Test::Where("(t.user_id = ?1 OR t.author_id = ?1)"), lead: Lead::None },
    Filter { name: "user", test: Test::OneOf("t.user_id"), lead: Lead::by("tasks_user", &[], Lead::FEW) },
    Filter { name: "order", test: Test::OneOf("t.order_id"), lead: Lead::by("tasks_order", &[], Lead::FEW) },
    Filter {
        name: "counterparty",
        test: Test::OneOf("t.counterparty_id"),
        lead: Lead::by("tasks_counterparty", &[], Lead::FEW),
    },
    Filter { name: "until", test: Test::Where("t.due <= ?1"), lead: Lead::None },
    Filter { name: "done", test: Test::OneOf("t.done"), lead: Lead::None },
];

const SORTS: &[Sort] =
    &[Sort { name: "due", columns: &["t.due", "t.id"], index: "tasks_due", through: None, ordered: true }];

}

/// Tasks by day and time; of everyone with the right to see them, else those that the asker does or wrote down.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tasks {
    /// Only of these people, by id.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub user: Option<Vec<String>>,
    /// Only about these orders, by id.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub order: Option<Vec<String>>,
    /// Only about these customers, by id.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub counterparty: Option<Vec<String>>,
    /// Only up to this day.
    pub until: Option<Date>,
    /// Only what is done, or only what is not.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub done: Option<bool>,
    /// `due`; `-` before it turns it round.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

result_row! {
    /// A task as it stands in the file. Wide: one field a column.
    pub struct Kept {
        /// Its id.
        id: Id<Task>,
        /// Its version.
        version: i64,
        /// What.
        name: String,
        /// More about it.
        note: String,
        /// The day, and the time where there is one.
        due: Due,
        /// How often.
        repeats: Repeats,
        /// Who does it.
        user: Id<User>,
        /// How that person is called.
        user_name: String,
        /// Who wrote it down.
        author_name: String,
        /// The order it is about.
        order: Option<Id<Order>>,
        /// Its number.
        order_number: Option<Number>,
        /// The customer it is about.
        counterparty: Option<Id<Counterparty>>,
        /// How the customer is called.
        counterparty_name: String,
        /// Whether it is done.
        done: bool,
    }
}

/// A task in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskRow {
    /// As it stands in the file.
    #[serde(flatten)]
    pub kept: Kept,
    /// The day.
    pub day: String,
    /// The time on the company's clock; empty for the whole day.
    pub time: String,
    /// Whether it is past and not done.
    pub late: bool,
}

impl Query for Tasks {
    const NAME: &'static str = "tasks";
    const NEED: Need = Need::Own(Right::TaskOwn, Right::TaskAll);
    type Row = Listed<TaskRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<TaskRow>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("due"))?;
        let ask = ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?;
        let kept: Vec<Listed<Kept>> = ask.page(view)?;
        let now = moment(view, view.now());
        Ok(kept.into_iter().map(|listed| Listed::of(listed.row.told(view, &now), listed.after)).collect())
    }
}

impl Kept {
    /// For who asks, at this moment.
    fn told(mut self, view: &View<'_>, now: &str) -> TaskRow {
        if !view.actor().can(Right::CounterpartyView) {
            self.counterparty_name.clear();
        }
        let due = self.due.to_string();
        let (day, time) = due.split_once('T').unwrap_or((&due, ""));
        let late = !self.done && self.due.is_past(now);
        TaskRow { day: day.to_owned(), time: time.to_owned(), late, kept: self }
    }
}

impl Tasks {
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        let actor = view.actor();
        let of = if actor.can(Right::TaskAll) { Vec::new() } else { vec![actor.user.to_value()] };
        // What has a time that day sorts behind the day alone.
        let until = self.until.map(|day| vec![format!("{day}T99").to_value()]).unwrap_or_default();
        LIST.ask()
            .filter("of", of)?
            .filter("user", list_filter::ids(self.user.as_deref(), "user")?)?
            .filter("order", list_filter::ids(self.order.as_deref(), "order")?)?
            .filter("counterparty", list_filter::ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("until", until)?
            .filter("done", list_filter::flag(self.done))
    }
}
