//! Fields of the company's own: kept exactly, found by their values, told in history, fixed once they are used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::locale::Lang;
use patver::engine::worker::{Handle, Hooks, Lane};
use serde_json::{Value as Json, json};

/// A desk with one field of each kind on customers, and a size on orders and items.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let fields = [
        json!({"record": "counterparty", "name": "Nickname", "code": "nick"}),
        json!({"record": "counterparty", "name": "Rating", "code": "rating", "holds": "number"}),
        json!({"record": "counterparty", "name": "Limit", "code": "limit", "holds": "money"}),
        json!({"record": "counterparty", "name": "Birthday", "code": "born", "holds": "date"}),
        json!({"record": "counterparty", "name": "Loyal", "code": "loyal", "holds": "flag"}),
        json!({"record": "counterparty", "name": "Size", "code": "size", "holds": "choice", "choices": ["Small", "Large"]}),
        json!({"record": "order", "name": "Vehicle", "code": "vehicle"}),
        json!({"record": "item", "name": "Mass", "code": "mass", "holds": "number"}),
    ];
    for field in fields {
        desk.run("save-field", field);
    }
    desk
}

fn customer(desk: &mut Desk, name: &str, fields: Json) -> i64 {
    desk.run("save-counterparty", json!({"name": name, "fields": fields}))["id"].as_i64().unwrap()
}

fn card(desk: &Desk, id: i64) -> Json {
    desk.query("counterparty", json!({"id": id})).remove(0)
}

fn found(desk: &Desk, fields: Json) -> Vec<String> {
    let rows = desk.query("counterparties", json!({"fields": fields, "walk_in": false}));
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn values_are_kept_exactly_and_told_by_card_and_list() {
    let mut desk = desk();
    let said = json!({"nick": " Mr  Blue ", "rating": "0.100000", "limit": "1500", "born": "1990-02-28",
        "loyal": "yes", "size": "LARGE"});
    let id = customer(&mut desk, "Ani", said);
    let told = json!({"nick": "Mr Blue", "rating": "0.1", "limit": "1500.00", "born": "1990-02-28",
        "loyal": true, "size": "Large"});
    assert_eq!(card(&desk, id)["fields"], told);
    let rows = desk.query("counterparties", json!({"text": "Ani"}));
    assert_eq!(rows[0]["fields"], told);
    desk.run("save-counterparty", json!({"id": id, "version": 1, "fields": {"loyal": "no", "nick": ""}}));
    let fields = card(&desk, id)["fields"].clone();
    assert_eq!((fields.get("loyal"), fields.get("nick"), &fields["size"]), (None, None, &json!("Large")));
}

#[test]
fn a_value_that_does_not_fit_is_refused_at_its_field() {
    let mut desk = desk();
    let wrong = [
        (json!({"rating": "1,5"}), "error.number_unreadable", "fields.rating"),
        (json!({"limit": "0.001"}), "error.number_too_precise", "fields.limit"),
        (json!({"born": "30.02.1990"}), "error.date_unreadable", "fields.born"),
        (json!({"loyal": "perhaps"}), "error.field.flag", "fields.loyal"),
        (json!({"size": "Medium"}), "error.choice_unknown", "fields.size"),
        (json!({"rating": 1.5}), "error.value_float", "fields.rating"),
        (json!({"colour": "red"}), "error.field.unknown", "fields.colour"),
    ];
    for (fields, key, place) in wrong {
        let error = desk.error("save-counterparty", json!({"name": "Ani", "fields": fields}));
        assert_eq!((error.key(), error.field()), (key, Some(place)));
    }
}

#[test]
fn lists_find_by_value_range_and_absence() {
    let mut desk = desk();
    customer(&mut desk, "Ani", json!({"rating": "-2", "born": "1990-02-28", "nick": "Blue sky", "loyal": true}));
    customer(&mut desk, "Ben", json!({"rating": "9.5", "born": "2001-01-01", "nick": "blueberry", "size": "small"}));
    customer(&mut desk, "Cem", json!({"rating": "10"}));
    let cases = [
        (json!({"rating": "9.50"}), vec!["Ben"]),
        (json!({"rating": "-2..9.5"}), vec!["Ani", "Ben"]),
        (json!({"rating": "9.6.."}), vec!["Cem"]),
        (json!({"rating": "..0"}), vec!["Ani"]),
        (json!({"born": "1990-01-01..1999-12-31"}), vec!["Ani"]),
        (json!({"nick": "BLUE"}), vec!["Ani", "Ben"]),
        (json!({"nick": "blue", "rating": "..0"}), vec!["Ani"]),
        (json!({"size": "Small"}), vec!["Ben"]),
        (json!({"loyal": "yes"}), vec!["Ani"]),
        (json!({"loyal": "no"}), vec!["Ben", "Cem"]),
        (json!({"born": ""}), vec!["Cem"]),
    ];
    for (fields, names) in cases {
        assert_eq!(found(&desk, fields.clone()), names, "{fields}");
        let count =
            desk.query("counterparties-totals", json!({"fields": fields, "walk_in": false}))[0]["count"].clone();
        assert_eq!(count, names.len());
    }
}

/// The names in an order, read in pages of two that go on by key or by id.
fn listed(desk: &Desk, list: &str, sort: &str, by: &str) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), Json::Null);
    loop {
        let page = desk.query(list, json!({"sort": sort, "limit": 2, "after": after}));
        let Some(last) = page.last() else { return names };
        after = last[by].clone();
        names.extend(page.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
    }
}

#[test]
fn lists_are_sorted_by_value_with_rows_that_hold_nothing_behind_the_others() {
    let mut desk = desk();
    let people = [
        ("Ani", json!({"rating": "-2", "born": "1990-02-28", "nick": "Էրիկ", "limit": "9.50", "size": "Small"})),
        ("Ben", json!({"rating": "10", "born": "2001-01-01", "nick": "ani", "limit": "1500"})),
        ("Cem", json!({"rating": "9.5", "nick": "Zed", "loyal": true})),
        ("Dan", json!({})),
    ];
    for (name, fields) in people {
        customer(&mut desk, name, fields);
    }
    let walk_in = desk.query("counterparties", json!({"walk_in": true}))[0]["name"].as_str().unwrap().to_owned();
    for (sort, wanted) in [
        ("fields.rating", "Ani Cem Ben"),
        ("-fields.rating", "Ben Cem Ani"),
        ("fields.born", "Ani Ben"),
        ("-fields.born", "Ben Ani"),
        ("fields.nick", "Ben Cem Ani"),
        ("-fields.nick", "Ani Cem Ben"),
        ("fields.limit", "Ani Ben"),
        ("-fields.loyal", "Cem"),
        ("fields.size", "Ani"),
        ("fields.size,-fields.rating", "Ani Ben Cem"),
        ("-fields.loyal,fields.born", "Cem Ani Ben"),
    ] {
        for by in ["after", "id"] {
            let found = listed(&desk, "counterparties", sort, by);
            let all: Vec<&str> = wanted.split(' ').collect();
            assert_eq!(found[..all.len()], all, "{sort}");
            let mut rest = found[all.len()..].to_vec();
            rest.sort();
            let mut others: Vec<&str> = ["Ani", "Ben", "Cem", "Dan", &walk_in].into();
            others.retain(|name| !all.contains(name));
            others.sort_unstable();
            assert_eq!(rest, others, "{sort}");
        }
    }
}

#[test]
fn orders_and_items_are_sorted_by_fields_everywhere_a_list_is_asked() {
    let mut desk = desk();
    for (name, mass) in [("Chair", "7.25"), ("Bed", "80"), ("Lamp", "")] {
        desk.run("save-item", json!({"name": name, "price": "5", "fields": {"mass": mass}}));
    }
    assert_eq!(listed(&desk, "items", "-fields.mass", "after"), ["Bed", "Chair", "Lamp"]);
    let lines = json!([{"text": "Work", "quantity": "1", "price": "5"}]);
    let place = |vehicle: &str| json!({"lines": lines, "fields": {"vehicle": vehicle}});
    let vehicles = ["B 2", "", "A 1", "C 3"];
    let ids: Vec<Json> = vehicles.iter().map(|it| desk.run("place-order", place(it))["id"].clone()).collect();
    let found = |sort: &str| -> Vec<Json> {
        desk.query("orders", json!({"sort": sort})).iter().map(|row| row["id"].clone()).collect()
    };
    let (b, none, a, c) = (&ids[0], &ids[1], &ids[2], &ids[3]);
    assert_eq!(found("fields.vehicle").iter().collect::<Vec<_>>(), [a, b, c, none]);
    assert_eq!(found("-fields.vehicle").iter().collect::<Vec<_>>(), [c, b, a, none]);
    let handle = Handle::inline(desk.store, Hooks::default());
    let query = json!({"sort": "-fields.vehicle"});
    let places = handle.positions(Lane::Background, &desk.owner, "orders", query).wait().unwrap();
    assert_eq!(json!(places.slice(0, 9)), json!([c, b, a, none]));
}

#[test]
fn an_order_of_rows_by_no_field_is_refused_with_those_that_there_are() {
    let desk = desk();
    for sort in ["field", "fields.mass", "fields."] {
        let error = desk.store.query_json(&desk.owner, "orders", json!({"sort": sort})).unwrap_err();
        assert_eq!((error.key(), error.field()), ("error.unknown_sort", Some("sort")));
        let known = error.next_step(Lang::EN).unwrap();
        assert!(
            known.ends_with(": date, number, due, customer, total, debt, paid, status, responsible, fields.vehicle")
        );
    }
}

#[test]
fn orders_and_items_have_fields_of_their_own() {
    let mut desk = desk();
    let item = desk.run("save-item", json!({"name": "Chair", "price": "5", "fields": {"mass": "7.25"}}))["id"].clone();
    assert_eq!(desk.query("item", json!({"id": item}))[0]["fields"], json!({"mass": "7.25"}));
    assert_eq!(desk.query("items", json!({"fields": {"mass": "7.."}})).len(), 1);
    let lines = json!([{"item": item, "quantity": "1"}]);
    let order = desk.run("place-order", json!({"lines": lines, "fields": {"vehicle": "34 AB 123"}}))["id"].clone();
    let copy = desk.run("copy-order", json!({"order": order}))["id"].clone();
    assert_eq!(desk.query("order", json!({"id": copy}))[0]["fields"], json!({"vehicle": "34 AB 123"}));
    desk.run("edit-order", json!({"order": copy, "version": 1, "fields": {"vehicle": "77 XX 001"}}));
    let rows = desk.query("orders", json!({"fields": {"vehicle": "34"}}));
    assert_eq!((rows.len(), &rows[0]["id"], &rows[0]["fields"]["vehicle"]), (1, &order, &json!("34 AB 123")));
}

#[test]
fn a_change_of_a_value_alone_makes_a_stale_save_a_conflict() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({}));
    let changed = desk.run("save-counterparty", json!({"id": id, "version": 1, "fields": {"nick": "A"}}));
    assert_eq!(changed["version"], 2);
    let error = desk.error("save-counterparty", json!({"id": id, "version": 1, "fields": {"nick": "B"}}));
    assert_eq!(error.kind(), "conflict");
    let again = desk.run("save-counterparty", json!({"id": id, "version": 2, "fields": {"nick": "A"}}));
    assert_eq!(again["version"], 2);
}

#[test]
fn history_tells_values_by_the_names_of_their_fields() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({"nick": "A"}));
    desk.run("save-counterparty", json!({"id": id, "version": 1, "fields": {"nick": "B", "born": "1990-01-01"}}));
    desk.run("save-counterparty", json!({"id": id, "version": 2, "fields": {"nick": ""}}));
    let card = card(&desk, id);
    let told: Vec<Json> = card["history"].as_array().unwrap().iter().map(|entry| entry["fields"].clone()).collect();
    let change = |part: &str, holds: &str, old: Json, new: Json| (json!(part), json!(holds), old, new);
    let read = |fields: &Json| -> Vec<(Json, Json, Json, Json)> {
        let fields = fields.as_array().unwrap().iter().filter(|field| field["table"] == "own_values");
        let one = |f: &Json| (f["part"].clone(), f["field"].clone(), f["old"].clone(), f["new"].clone());
        fields.map(one).collect()
    };
    assert_eq!(read(&told[0]), []);
    let second = [
        change("Nickname", "text", json!("A"), json!("B")),
        change("Birthday", "date", Json::Null, json!("1990-01-01")),
    ];
    assert_eq!(read(&told[1]), second);
    assert_eq!(read(&told[2]), [change("Nickname", "text", json!("B"), Json::Null)]);
    let then = desk.query("record-at", json!({"record": "counterparty", "id": id, "seq": desk.last_seq() - 1}));
    assert_eq!(then[0]["fields"], json!({"nick": "B", "born": "1990-01-01"}));
}

#[test]
fn what_is_required_is_asked_of_new_records_and_stays_with_old_ones() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({}));
    desk.run("save-field", json!({"id": 1, "version": 1, "required": true}));
    let error = desk.error("save-counterparty", json!({"name": "Ben"}));
    assert_eq!((error.key(), error.field()), ("error.field.required", Some("fields.nick")));
    desk.run("save-counterparty", json!({"id": id, "version": 1, "name": "Anna"}));
    desk.run("save-counterparty", json!({"id": id, "version": 2, "fields": {"nick": "A"}}));
    let cleared = json!({"id": id, "version": 3, "fields": {"nick": ""}});
    assert_eq!(desk.fails("save-counterparty", cleared), "error.field.required");
}

#[test]
fn a_used_field_keeps_what_it_is_and_a_choice_that_is_gone_stays_where_it_was_chosen() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({"size": "Small"}));
    let size = json!({"id": 6, "version": 1});
    let with = |more: Json| {
        let mut all = size.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    for (change, place) in
        [(json!({"holds": "text"}), "holds"), (json!({"code": "s"}), "code"), (json!({"record": "item"}), "record")]
    {
        let error = desk.error("save-field", with(change));
        assert_eq!((error.key(), error.field()), ("error.field.in_use", Some(place)));
    }
    assert_eq!(desk.fails("remove-field", size.clone()), "error.used_elsewhere");
    desk.run("save-field", with(json!({"choices": ["Large", "Huge"]})));
    desk.run("save-counterparty", json!({"id": id, "version": 1, "name": "Anna", "fields": {"size": "Small"}}));
    assert_eq!(card(&desk, id)["fields"]["size"], "Small");
    assert_eq!(
        desk.fails("save-counterparty", json!({"name": "B", "fields": {"size": "Small"}})),
        "error.choice_unknown"
    );
}

#[test]
fn a_field_that_is_switched_off_hides_its_values_and_keeps_them() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({"nick": "A"}));
    desk.run("save-field", json!({"id": 1, "version": 1, "active": false}));
    assert_eq!(card(&desk, id)["fields"], json!({}));
    assert_eq!(desk.fails("save-counterparty", json!({"name": "B", "fields": {"nick": "B"}})), "error.switched_off");
    desk.run("save-field", json!({"id": 1, "version": 2, "active": true}));
    assert_eq!(card(&desk, id)["fields"], json!({"nick": "A"}));
}

#[test]
fn an_undo_never_puts_a_value_into_a_field_that_holds_something_else_by_now() {
    let mut desk = desk();
    let id = customer(&mut desk, "Ani", json!({"nick": "A"}));
    desk.run("save-counterparty", json!({"id": id, "version": 1, "fields": {"nick": ""}}));
    let cleared = desk.last_seq();
    desk.run("save-field", json!({"id": 1, "version": 1, "holds": "number"}));
    assert_eq!(desk.fails("undo", json!({"seq": cleared})), "error.number_unreadable");
    desk.run("save-counterparty", json!({"id": id, "version": 2, "fields": {"nick": "5"}}));
    assert_eq!(desk.fails("undo", json!({"seq": cleared + 1})), "error.field.in_use");
}

#[test]
fn what_is_no_field_is_refused() {
    let mut desk = desk();
    let wrong = [
        (json!({"name": "X"}), "error.field_empty", "record"),
        (json!({"record": "order", "name": "Vehicle"}), "error.name_taken", "name"),
        (json!({"record": "order", "name": "V", "code": "vehicle"}), "error.code_taken", "code"),
        (json!({"record": "order", "name": "V", "code": "a.b"}), "error.field.code", "code"),
        (json!({"record": "order", "name": "V", "holds": "choice"}), "error.field.no_choices", "choices"),
    ];
    for (field, key, place) in wrong {
        let error = desk.error("save-field", field);
        assert_eq!((error.key(), error.field()), (key, Some(place)));
    }
}
