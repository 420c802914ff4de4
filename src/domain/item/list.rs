//! Items as they are looked through: found by any fragment or barcode, filtered, page by page.

use serde::{Deserialize, Serialize};

use crate::base::barcode;
use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::UnitPrice;
use crate::base::right::Right;
use crate::domain::field::{self, FieldOf, Said, Teller};
use crate::domain::file::FileHash;
use crate::domain::item::{Item, ItemKind};
use crate::domain::list_filter::{self, Count};
use crate::domain::{item_group, text_search};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Filter, Lead, List, Listed, Sort, Test};
use crate::engine::value::{Column as _, Value};
use crate::result_row;

crate::list! {

/// The list of items.
pub static LIST: List = List {
    name: "items",
    table: "items",
    alias: "i",
    columns: "i.id, i.version, i.kind, i.code, i.name, u.code, i.price, i.cost, i.currency, COALESCE(t.code, ''), \
              COALESCE(g.name, ''), COALESCE(b.barcode, ''), i.picture_hash, i.active",
    joins: "JOIN units u ON u.id = i.unit_id \
            LEFT JOIN tax_rates t ON t.id = i.tax_rate_id \
            LEFT JOIN item_groups g ON g.id = i.group_id \
            LEFT JOIN item_barcodes b ON b.item_id = i.id AND b.position = 1",
    filters: FILTERS,
    sorts: SORTS,
    totals: None,
};

const FILTERS: &[Filter] = &[
    Filter {
        name: "text",
        test: Test::Where("i.id IN {match items_search ?1}"),
        lead: Lead::Ids { sql: "SELECT f.rowid FROM {match items_search ?1} f", most: Lead::FEW },
    },
    // A short word beside longer ones.
    Filter { name: "part", test: Test::Where("i.search LIKE ?1 ESCAPE '\\'"), lead: Lead::None },
    // Under three letters: `?1` up to `?2` is the beginning of a name, `?3` a code.
    Filter {
        name: "short_text",
        test: Test::Where("(i.name_key BETWEEN ?1 AND ?2) OR (i.code = ?3 AND i.code <> '')"),
        lead: Lead::Ids {
            sql: "SELECT q.id FROM items q WHERE q.name_key BETWEEN ?1 AND ?2 \
                  UNION ALL SELECT q.id FROM items q WHERE q.code = ?3 AND q.code <> ''",
            most: Lead::FEW,
        },
    },
    // The three spellings of one number.
    Filter {
        name: "barcode",
        test: Test::Where("i.id IN (SELECT n.item_id FROM item_barcodes n WHERE n.barcode IN (?1, ?2, ?3))"),
        lead: Lead::Ids { sql: "SELECT n.item_id FROM item_barcodes n WHERE n.barcode IN (?1, ?2, ?3)", most: Lead::FEW },
    },
    Filter {
        name: "group",
        test: Test::OneOf("i.group_id"),
        lead: Lead::by("items_group", &["name"], Lead::FEW),
    },
    Filter { name: "kind", test: Test::OneOf("i.kind"), lead: Lead::None },
    Filter { name: "active", test: Test::OneOf("i.active"), lead: Lead::None },
    Filter {
        name: "field",
        test: Test::Where(
            "EXISTS (SELECT 1 FROM own_values v WHERE v.item_id = i.id AND v.field_id = ?1 \
             AND v.value_key BETWEEN ?2 AND ?3)",
        ),
        lead: Lead::Ids {
            sql: "SELECT v.item_id FROM own_values v WHERE v.field_id = ?1 AND v.value_key BETWEEN ?2 AND ?3",
            most: Lead::FEW,
        },
    },
    Filter {
        name: "without_field",
        test: Test::Where(
            "NOT EXISTS (SELECT 1 FROM own_values v WHERE v.item_id = i.id AND v.field_id = ?1)",
        ),
        lead: Lead::None,
    },
];

const SORTS: &[Sort] = &[
    Sort { name: "name", columns: &["i.name_key", "i.id"], index: "items_name", through: None, ordered: true },
    Sort { name: "code", columns: &["i.code", "i.id"], index: "items_code_order", through: None, ordered: true },
    Sort {
        name: "field",
        columns: &["COALESCE((SELECT v.value_key FROM own_values v WHERE v.item_id = i.id AND v.field_id = ?1), ?2)", "i.id"],
        index: "items_name",
        through: None,
        ordered: false,
    },
];

}

/// Items by name. Filters of one name are joined by "or", filters of several names by "and".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Items {
    /// Words, each a fragment of the name, code or barcode.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// A barcode as a scanner gives it.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub barcode: Option<String>,
    /// Groups, by name; not those inside them.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub group: Option<Vec<String>>,
    /// `goods`, `service` or `made-to-order`.
    pub kind: Option<ItemKind>,
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

/// How many items match. Takes the same filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemsTotals(pub Items);

result_row! {
    /// An item as it stands in the file. Wide: a row.
    pub struct Found {
        /// Its id.
        id: Id<Item>,
        /// Its version.
        version: i64,
        /// What it is.
        kind: ItemKind,
        /// The company's own code for it.
        code: String,
        /// How it is called.
        name: String,
        /// Code of what it is counted in.
        unit: String,
        /// The usual price.
        price: Option<UnitPrice>,
        /// What one costs.
        cost: Option<UnitPrice>,
        /// The currency of both.
        currency: Currency,
        /// Code of its tax rate.
        tax_rate: String,
        /// Its group.
        group: String,
        /// Its first barcode.
        barcode: String,
        /// The hash of its picture.
        picture: Option<Vec<u8>>,
        /// Whether it is offered.
        active: bool,
    }
}

/// An item in a list. Wide: a row of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemRow {
    /// Its id.
    pub id: Id<Item>,
    /// Its version.
    pub version: i64,
    /// What it is.
    pub kind: ItemKind,
    /// The company's own code for it.
    pub code: String,
    /// How it is called.
    pub name: String,
    /// Code of what it is counted in.
    pub unit: String,
    /// The usual price; null while it is not known.
    pub price: Option<UnitPrice>,
    /// What one costs, null while it is not known; only with the right to see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Option<UnitPrice>>,
    /// The currency of both.
    pub currency: Currency,
    /// Code of its tax rate; empty for the company's usual one.
    pub tax_rate: String,
    /// Its group.
    pub group: String,
    /// Its first barcode.
    pub barcode: String,
    /// Hash of its picture; null where it has none.
    pub picture: Option<FileHash>,
    /// Whether it is offered.
    pub active: bool,
}

impl Query for Items {
    const NAME: &'static str = "items";
    const NEED: Need = Need::Right(Right::ItemView);
    type Row = Listed<ItemRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<ItemRow>>> {
        let ask = field::sorted(self.filtered(view)?, view, (FieldOf::Item, self.sort.as_deref().unwrap_or("name")))?;
        let ask = ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?;
        let costs = view.actor().can(Right::CostView);
        let page = ask.page::<Found>(view)?;
        let teller = Teller::of(view, FieldOf::Item)?;
        let told = |Listed { row: found, after, .. }: Listed<Found>| {
            Ok(Listed { fields: teller.tell(view, found.id.get())?, row: row(found, costs), after })
        };
        page.into_iter().map(told).collect()
    }
}

impl Query for ItemsTotals {
    const NAME: &'static str = "items-totals";
    const NEED: Need = Items::NEED;
    type Row = Count;

    fn run(&self, view: &View<'_>) -> Result<Vec<Count>> {
        Ok(vec![Count { count: self.0.filtered(view)?.count(view)? }])
    }
}

impl Items {
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        let groups = self.group.as_deref().unwrap_or_default().iter();
        let groups = groups.map(|name| Ok(item_group::find(view, name)?.id.to_value()));
        let spellings = self.barcode.as_deref().map(barcode::spellings).into_iter().flatten();
        let ask = text_search::by_text(LIST.ask(), view, self.text.as_deref())?;
        field::filtered(ask, view, (FieldOf::Item, &self.fields))?
            .filter("barcode", spellings.map(Value::Text).collect())?
            .filter("group", groups.collect::<Result<Vec<Value>>>()?)?
            .filter("kind", self.kind.iter().map(|kind| kind.to_value()).collect())?
            .filter("active", list_filter::flag(self.active))
    }
}

fn row(found: Found, costs: bool) -> ItemRow {
    ItemRow {
        id: found.id,
        version: found.version,
        kind: found.kind,
        code: found.code,
        name: found.name,
        unit: found.unit,
        price: found.price,
        cost: costs.then_some(found.cost),
        currency: found.currency,
        tax_rate: found.tax_rate,
        group: found.group,
        barcode: found.barcode,
        picture: found.picture.map(FileHash::from_bytes),
        active: found.active,
    }
}
