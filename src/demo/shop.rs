//! The made-up company on its first day: its people, directories, items with pictures, first customers, old debts.

use std::collections::BTreeMap;

use crate::base::barcode;
use crate::base::chance::Chance;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::base::money::{Amount, UnitPrice};
use crate::base::right::Right;
use crate::demo::desk::Desk;
use crate::demo::picture::{self, Palette};
use crate::demo::words::{self, Cells, drawn, lines, word};
use crate::demo::{PASSWORD, Person};
use crate::domain::category::SaveCategory;
use crate::domain::company::{self, SaveCompany};
use crate::domain::counterparty::{Counterparty, CounterpartyKind, SaveCounterparty};
use crate::domain::credential::{ChangeOwnPassword, ResetPassword};
use crate::domain::field::{FieldOf, Holds, Said, SaveField, Typed};
use crate::domain::file::FileHash;
use crate::domain::item::{Item, ItemKind, SaveItem};
use crate::domain::item_group::SaveItemGroup;
use crate::domain::opening_balance::SaveOpeningBalance;
use crate::domain::role::SaveRole;
use crate::domain::secret::Secret;
use crate::domain::status::SaveStatus;
use crate::domain::user::{SaveUser, User};

/// What the program keeps in mind of the company while it makes its year.
pub(super) struct Shop {
    /// The language it speaks.
    pub lang: Lang,
    /// Who works there, by login.
    pub people: BTreeMap<&'static str, Id<User>>,
    /// What it sells.
    pub things: Vec<Thing>,
    /// Who buys.
    pub customers: Vec<Customer>,
}

/// One item.
pub(super) struct Thing {
    /// Its short name here.
    pub key: &'static str,
    /// Its group's short name.
    pub group: &'static str,
    /// Code of its unit.
    pub unit: &'static str,
    /// What one costs, in drams.
    pub price: i64,
    /// Its id.
    pub id: Id<Item>,
    /// Its picture.
    pub picture: FileHash,
}

/// One customer.
pub(super) struct Customer {
    cells: Cells,
    /// Whether it is a company.
    pub company: bool,
    /// Its place among all, from 1.
    number: i64,
    /// Its id, once it has a card.
    pub id: Option<Id<Counterparty>>,
}

/// The cashier sees every order, takes money, and changes nothing.
const CASHIER: &[Right] = &[
    Right::OrderViewOwn,
    Right::OrderViewAll,
    Right::PaymentView,
    Right::PaymentTake,
    Right::InvoiceView,
    Right::CounterpartyView,
    Right::ItemView,
    Right::DirectoryView,
];

/// The owner's login.
pub(super) const OWNER: &str = "ani";

impl Shop {
    /// The company before anything is in its file but itself and its owner.
    pub(super) fn new(lang: Lang, owner: Id<User>) -> Shop {
        let customers = lines(words::COMPANIES).map(|cells| (cells, true));
        let customers = customers.chain(lines(words::PERSONS).map(|cells| (cells, false)));
        let customer = |(number, (cells, company))| Customer { cells, company, number, id: None };
        Shop {
            lang,
            people: BTreeMap::from([(OWNER, owner)]),
            things: Vec::new(),
            customers: (1_i64..).zip(customers).map(customer).collect(),
        }
    }

    /// Somebody by login.
    pub(super) fn person(&self, login: &str) -> Result<Id<User>> {
        self.people.get(login).copied().ok_or_else(|| Error::missing("users", login))
    }

    /// An item by its short name.
    pub(super) fn thing(&self, key: &str) -> Result<&Thing> {
        self.things.iter().find(|thing| thing.key == key).ok_or_else(|| Error::missing("items", key))
    }

    /// Requisites, people, directories.
    pub(super) fn open(&mut self, desk: &Desk<'_>, logo: FileHash) -> Result<Vec<Person>> {
        let owner = self.person(OWNER)?;
        desk.run(owner, &self.requisites(desk, logo)?)?;
        let people = self.hire(desk)?;
        for cells in lines(words::CATEGORIES) {
            let name = Some(cells.name(self.lang).to_owned());
            desk.run(owner, &SaveCategory { name, ..SaveCategory::default() })?;
        }
        for cells in lines(words::GROUPS) {
            let parent = (!cells.text(1).is_empty()).then(|| self.group(cells.text(1)));
            let name = Some(cells.name(self.lang).to_owned());
            desk.run(owner, &SaveItemGroup { name, parent, ..SaveItemGroup::default() })?;
        }
        for cells in lines(words::STATUSES) {
            let text = |at: usize| Some(cells.text(at).to_owned());
            let (code, state, color, icon) = (text(0), text(1), text(2), text(3));
            let name = Some(cells.name(self.lang).to_owned());
            desk.run(owner, &SaveStatus { code, name, state, color, icon, ..SaveStatus::default() })?;
        }
        for cells in lines(words::FIELDS) {
            desk.run(owner, &self.field(&cells))?;
        }
        Ok(people)
    }

    fn field(&self, cells: &Cells) -> SaveField {
        let record = FieldOf::parse(cells.text(1));
        let choices = words::all(cells.text(3), self.lang);
        SaveField {
            record,
            code: Some(cells.text(0).to_owned()),
            name: Some(cells.name(self.lang).to_owned()),
            holds: Holds::parse(cells.text(2)),
            choices: Some(choices).filter(|choices| !choices.is_empty()),
            printed: Some(record == Some(FieldOf::Order)),
            ..SaveField::default()
        }
    }

    fn requisites(&self, desk: &Desk<'_>, logo: FileHash) -> Result<SaveCompany> {
        let said = |key: &str| Some(word(key, self.lang));
        let plain = |text: &str| Some(text.to_owned());
        Ok(SaveCompany {
            version: company::current(desk.db())?.version,
            legal_name: said("legal"),
            tax_id: plain("00123456"),
            vat_number: plain("00123456/2"),
            address: said("address"),
            phone: plain("+374 99 000100"),
            email: plain("shop@example.com"),
            bank_name: said("bank"),
            bank_account: plain("1510000012345600"),
            director: said("director"),
            accountant: said("accountant"),
            logo: Some(Some(logo)),
            ..SaveCompany::default()
        })
    }

    /// The people with their roles and the one password they all have.
    fn hire(&mut self, desk: &Desk<'_>) -> Result<Vec<Person>> {
        let owner = self.person(OWNER)?;
        let rights = CASHIER.iter().map(|right| right.code().to_owned()).collect();
        let (code, name) = (Some("cashier".to_owned()), Some(word("cashier", self.lang)));
        desk.run(owner, &SaveRole { id: None, version: None, code, name, rights: Some(rights), discount_limit: None })?;
        let mut people = Vec::new();
        for cells in lines(words::USERS) {
            let (login, role) = (cells.text(0), cells.text(1));
            let person = Person { login, role, name: cells.name(self.lang) };
            if login != OWNER {
                let id = desk.run(owner, &newcomer(&person, Lang::parse(cells.text(2))?))?.id;
                let user = Id::new(id);
                desk.run(owner, &ResetPassword { user })?;
                desk.run(user, &ChangeOwnPassword { password: Secret::new(PASSWORD) })?;
                self.people.insert(login, user);
            }
            people.push(person);
        }
        Ok(people)
    }

    fn group(&self, key: &str) -> String {
        let found = lines(words::GROUPS).find(|cells| cells.text(0) == key);
        found.map(|cells| cells.name(self.lang).to_owned()).unwrap_or_default()
    }

    fn category(&self, key: &str) -> String {
        let found = lines(words::CATEGORIES).find(|cells| cells.text(0) == key);
        found.map(|cells| cells.name(self.lang).to_owned()).unwrap_or_default()
    }

    /// Every item with its picture, prices, and barcodes with check digits.
    pub(super) fn stock(&mut self, desk: &Desk<'_>, pictures: &[FileHash]) -> Result<()> {
        let keeper = self.person(OWNER)?;
        for (number, (cells, picture)) in (1_i64..).zip(lines(words::ITEMS).zip(pictures)) {
            let item = self.item(&cells, number, picture);
            let id = Id::new(desk.run(keeper, &item)?.id);
            self.things.push(Thing {
                key: cells.text(0),
                group: cells.text(2),
                unit: cells.text(3),
                price: cells.number(4).unwrap_or(0),
                id,
                picture: picture.clone(),
            });
        }
        Ok(())
    }

    fn item(&self, cells: &Cells, number: i64, picture: &FileHash) -> SaveItem {
        let kind = ItemKind::parse(cells.text(1)).unwrap_or(ItemKind::Goods);
        let letter = match kind {
            ItemKind::Goods => 'G',
            ItemKind::Service => 'S',
            ItemKind::MadeToOrder => 'M',
        };
        SaveItem {
            kind: Some(kind),
            code: Some(format!("{letter}-{number:03}")),
            name: Some(cells.name(self.lang).to_owned()),
            description: Some(cells.other_names(self.lang)),
            unit: Some(cells.text(3).to_owned()),
            price: Some(cells.number(4).map(drams)),
            cost: Some(cells.number(5).map(drams)),
            group: Some(self.group(cells.text(2))),
            barcodes: (kind == ItemKind::Goods).then(|| barcodes(number)),
            picture: Some(Some(picture.clone())),
            fields: if kind == ItemKind::Goods { held("shelf", shelf(number)) } else { Said::new() },
            ..SaveItem::default()
        }
    }

    /// The cards of the customers known from the start, and what some of them owed by then.
    pub(super) fn greet(&mut self, desk: &Desk<'_>, chance: &mut Chance) -> Result<()> {
        let (seller, bookkeeper) = (self.person("lilit")?, self.person("nare")?);
        let known: Vec<usize> = (0..self.customers.len()).filter(|place| place % 5 < 3).collect();
        for place in &known {
            self.meet(desk, seller, *place, chance)?;
        }
        for (place, thousands) in known.iter().step_by(4).zip([184, 62, -35, 240, 18, 97]) {
            let counterparty = self.customers.get(*place).and_then(|customer| customer.id);
            let amount = Some(Amount::from_micros(thousands * 1_000_000_000));
            desk.run(bookkeeper, &SaveOpeningBalance { counterparty, amount, ..SaveOpeningBalance::default() })?;
        }
        Ok(())
    }

    /// A customer's card, made now where there is none yet.
    pub(super) fn meet(
        &mut self,
        desk: &Desk<'_>,
        seller: Id<User>,
        place: usize,
        chance: &mut Chance,
    ) -> Result<Id<Counterparty>> {
        let customer = self.customers.get(place).ok_or_else(|| Error::missing("counterparties", place))?;
        if let Some(id) = customer.id {
            return Ok(id);
        }
        let card = self.card(customer, chance)?;
        let id = Id::new(desk.run(seller, &card)?.id);
        if let Some(customer) = self.customers.get_mut(place) {
            customer.id = Some(id);
        }
        Ok(id)
    }

    fn courier(&self, number: i64) -> String {
        let all = words::all("courier", self.lang);
        let place = usize::try_from(number).unwrap_or(0).checked_rem(all.len()).unwrap_or(0);
        all.get(place).cloned().unwrap_or_default()
    }

    fn card(&self, customer: &Customer, chance: &mut Chance) -> Result<SaveCounterparty> {
        let (cells, number) = (&customer.cells, customer.number);
        let spoken = cells.text(usize::from(customer.company));
        let language = if spoken.is_empty() { None } else { Some(Lang::parse(spoken)?) };
        let house = chance.between(1, 60).to_string();
        let address = drawn("street", self.lang, chance).replace("%{house}", &house);
        let phone = format!("+374 9{} 000{:03}", 1 + number % 9, 200 + number);
        let card = SaveCounterparty {
            name: Some(cells.name(language.unwrap_or(self.lang)).to_owned()),
            code: Some(format!("C{number:03}")),
            phone: Some(phone),
            address: Some(address.clone()),
            language: Some(language),
            ..SaveCounterparty::default()
        };
        if !customer.company {
            let category = (number % 4 == 0).then(|| self.category("regular"));
            let fields = if number % 3 == 0 { held("courier", self.courier(number)) } else { Said::new() };
            return Ok(SaveCounterparty { kind: Some(CounterpartyKind::Person), category, fields, ..card });
        }
        Ok(SaveCounterparty {
            kind: Some(CounterpartyKind::Company),
            legal_name: Some(cells.text(2).to_owned()),
            tax_id: Some(format!("00{:06}", 700_000 + number * 137)),
            email: Some(format!("office{number}@example.com")),
            delivery_address: Some(address),
            bank_name: Some(word("bank", self.lang)),
            bank_account: Some(format!("15100000{:08}", 20_000_000 + number * 4_321)),
            fields: held("courier", self.courier(number)),
            category: Some(self.category(cells.text(0))),
            ..card
        })
    }
}

/// What one field of the company's own holds.
pub(super) fn held(code: &str, value: String) -> Said {
    Said::from([(code.to_owned(), Typed(value))])
}

/// Where goods lie: one letter for each rack of nine shelves.
fn shelf(number: i64) -> String {
    let rack = char::from_u32('A' as u32 + u32::try_from(number / 9).unwrap_or(0)).unwrap_or('A');
    format!("{rack}-{:02}", 1 + number % 9)
}

fn newcomer(person: &Person, language: Lang) -> SaveUser {
    SaveUser {
        id: None,
        version: None,
        login: Some(person.login.to_owned()),
        name: Some(person.name.to_owned()),
        role: Some(person.role.to_owned()),
        language: Some(language),
        active: None,
    }
}

/// The prefixes 20 to 29 are for a shop's own use; some goods carry their maker's number too.
fn barcodes(number: i64) -> Vec<String> {
    let own = barcode::with_check_digit(&format!("20{:010}", 4_000 + number));
    let of_maker = (number % 5 == 0).then(|| barcode::with_check_digit(&format!("4850000{:05}", 10_000 + number)));
    [own].into_iter().chain(of_maker).collect()
}

/// A price in whole drams.
pub(super) fn drams(price: i64) -> UnitPrice {
    UnitPrice::from_micros(price.saturating_mul(1_000_000))
}

/// The pictures of all items, in their order, and the logo last.
pub(super) fn pictures() -> Result<Vec<Vec<u8>>> {
    let palettes: BTreeMap<&str, Palette> =
        lines(words::GROUPS).map(|cells| (cells.text(0), palette(&cells))).collect();
    let of_group = |group: &str| palettes.get(group).copied().ok_or_else(|| Error::missing("item_groups", group));
    let items = lines(words::ITEMS).map(|cells| picture::draw(cells.text(0), of_group(cells.text(2))?));
    items.chain([of_group("furniture").and_then(|palette| picture::draw("logo", palette))]).collect()
}

fn palette(cells: &Cells) -> Palette {
    let ink = |at: usize| picture::ink(cells.text(at));
    Palette { ground: ink(2), main: ink(3), shade: ink(4) }
}
