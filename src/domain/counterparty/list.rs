//! Counterparties as they are looked through: found by any fragment, filtered, page by page.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::counterparty::{Counterparty, CounterpartyKind};
use crate::domain::field::{self, FieldOf, Said, Teller};
use crate::domain::list_filter::{self, Count};
use crate::domain::{category, text_search};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Filter, Lead, List, Listed, Sort, Test};
use crate::engine::value::{Column as _, Value};
use crate::result_row;

crate::list! {

/// The list of counterparties.
pub static LIST: List = List {
    name: "counterparties",
    table: "counterparties",
    alias: "c",
    columns: "c.id, c.version, c.kind, c.name, c.code, c.tax_id, COALESCE(h.phone, ''), c.email, \
              COALESCE(g.name, ''), c.language, c.walk_in, c.active",
    joins: "LEFT JOIN categories g ON g.id = c.category_id \
            LEFT JOIN counterparty_phones h ON h.counterparty_id = c.id AND h.position = 1",
    filters: FILTERS,
    sorts: SORTS,
    totals: None,
};

const FILTERS: &[Filter] = &[
    Filter {
        name: "text",
        test: Test::Where("c.id IN {match counterparties_search ?1}"),
        lead: Lead::Ids {
            sql: "SELECT f.rowid FROM {match counterparties_search ?1} f",
            most: Lead::FEW,
        },
    },
    // A short word beside longer ones.
    Filter { name: "part", test: Test::Where("c.search LIKE ?1 ESCAPE '\\'"), lead: Lead::None },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` a code or a whole phone.
    Filter {
        name: "short_text",
        test: Test::Where(
            "(c.name_key BETWEEN ?1 AND ?2) OR (c.code = ?3 AND c.code <> '') \
             OR c.id IN (SELECT n.counterparty_id FROM counterparty_phones n WHERE n.digits = ?3)",
        ),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM counterparties q WHERE q.name_key BETWEEN ?1 AND ?2 \
                  UNION ALL SELECT q.id FROM counterparties q WHERE q.code = ?3 AND q.code <> '' \
                  UNION ALL SELECT n.counterparty_id FROM counterparty_phones n WHERE n.digits = ?3",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "category",
        test: Test::OneOf("c.category_id"),
        lead: Lead::by("counterparties_category", &[], Lead::FEW),
    },
    Filter { name: "kind", test: Test::OneOf("c.kind"), lead: Lead::None },
    Filter { name: "walk_in", test: Test::OneOf("c.walk_in"), lead: Lead::None },
    Filter { name: "active", test: Test::OneOf("c.active"), lead: Lead::None },
    Filter {
        name: "field",
        test: Test::Where(
            "EXISTS (SELECT 1 FROM own_values v WHERE v.counterparty_id = c.id AND v.field_id = ?1 \
             AND v.value_key BETWEEN ?2 AND ?3)",
        ),
        lead: Lead::Ids {
            sql: "SELECT v.counterparty_id FROM own_values v WHERE v.field_id = ?1 AND v.value_key BETWEEN ?2 AND ?3",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "without_field",
        test: Test::Where(
            "NOT EXISTS (SELECT 1 FROM own_values v WHERE v.counterparty_id = c.id AND v.field_id = ?1)",
        ),
        lead: Lead::None,
    },
];

const SORTS: &[Sort] = &[
    Sort { name: "name", columns: &["c.name_key", "c.id"], index: "counterparties_name", through: None, ordered: true },
    Sort { name: "code", columns: &["c.code", "c.id"], index: "counterparties_code", through: None, ordered: true },
    Sort {
        name: "field",
        columns: &["COALESCE((SELECT v.value_key FROM own_values v WHERE v.counterparty_id = c.id AND v.field_id = ?1), ?2)", "c.id"],
        index: "counterparties_name",
        through: None,
        ordered: false,
    },
];

}

/// Counterparties by name. Filters of one name are joined by "or", filters of several names by "and".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counterparties {
    /// Words, each a fragment of the name, code, taxpayer number, e-mail, contact, or digits of a phone.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// Categories, by name.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub category: Option<Vec<String>>,
    /// `person` or `company`.
    pub kind: Option<CounterpartyKind>,
    /// Only the built-in walk-in, or only the others.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub walk_in: Option<bool>,
    /// Only those that are offered, or only those that are not.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
    /// What they hold in the fields of the company's own, by their codes: the beginning of a text, a number, amount or
    /// day, or a range of them such as `5..`, a choice, yes or no; an empty text for those that hold nothing.
    pub fields: Said,
    /// `name`, `code` or `fields.CODE`; `-` before it turns it round.
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

/// How many counterparties match. Takes the same filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CounterpartiesTotals(pub Counterparties);

result_row! {
    /// A counterparty in a list.
    pub struct CounterpartyRow {
        /// Its id.
        id: Id<Counterparty>,
        /// Its version.
        version: i64,
        /// What it is.
        kind: CounterpartyKind,
        /// How it is called.
        name: String,
        /// The company's own code for it.
        code: String,
        /// Taxpayer number.
        tax_id: String,
        /// Its first phone.
        phone: String,
        /// E-mail address.
        email: String,
        /// Its category.
        category: String,
        /// Code of the language of its documents; the company's when empty.
        language: String,
        /// Whether this is the built-in walk-in.
        walk_in: bool,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for Counterparties {
    const NAME: &'static str = "counterparties";
    const NEED: Need = Need::Right(Right::CounterpartyView);
    type Row = Listed<CounterpartyRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<CounterpartyRow>>> {
        let ask =
            field::sorted(self.filtered(view)?, view, (FieldOf::Counterparty, self.sort.as_deref().unwrap_or("name")))?;
        let rows = ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?.page(view)?;
        let teller = Teller::of(view, FieldOf::Counterparty)?;
        let told = |row: Listed<CounterpartyRow>| Ok(Listed { fields: teller.tell(view, row.row.id.get())?, ..row });
        rows.into_iter().map(told).collect()
    }
}

impl Query for CounterpartiesTotals {
    const NAME: &'static str = "counterparties-totals";
    const NEED: Need = Counterparties::NEED;
    type Row = Count;

    fn run(&self, view: &View<'_>) -> Result<Vec<Count>> {
        Ok(vec![Count { count: self.0.filtered(view)?.count(view)? }])
    }
}

impl Counterparties {
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        let categories = self.category.as_deref().unwrap_or_default().iter();
        let categories = categories.map(|name| Ok(category::find(view, name)?.id.to_value()));
        let ask = text_search::by_text(LIST.ask(), view, self.text.as_deref())?;
        field::filtered(ask, view, (FieldOf::Counterparty, &self.fields))?
            .filter("category", categories.collect::<Result<Vec<Value>>>()?)?
            .filter("kind", self.kind.iter().map(|kind| kind.to_value()).collect())?
            .filter("walk_in", list_filter::flag(self.walk_in))?
            .filter("active", list_filter::flag(self.active))
    }
}
