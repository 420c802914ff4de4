//! The command line as scripts and people meet it: the real program in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::process::Stdio;

use crate::support::{OWNER, Ran, Shop, text};
use serde_json::{Value, json};

fn message(ran: &Ran) -> String {
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    ran.stderr.trim_end().to_owned()
}

fn user(login: &str) -> Value {
    json!({ "login": login, "role": "sales" })
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_company_tells_its_recovery_code_once_and_is_closed_to_others() {
    let shop = Shop::without_company();
    let folder = shop.path("a/b");
    let file = folder.join("c.patver");
    let typed = ["new", text(&file), "--company", "Արև", "--country", "AM", "--currency", "AMD"];
    let ran = shop.patver(&[&typed[..], &["--language", "hy", "--owner", OWNER]].concat()).done();
    let told = &ran.objects()[0];
    assert_eq!((told["file"].as_str(), told["owner"].as_str()), (file.to_str(), Some(OWNER)));
    assert!(told["recovery_code"].as_str().unwrap().len() >= 16);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing but the file is left");
    #[cfg(unix)]
    assert_eq!((mode(&file), mode(&folder)), (0o600, 0o700));
}

#[test]
fn a_new_company_never_takes_the_place_of_a_file() {
    let shop = Shop::without_company();
    std::fs::write(&shop.file, "mine").unwrap();
    let ran = shop.create("AM", "AMD", "en");
    assert_eq!(ran.code, 1);
    assert!(message(&ran).contains("exists already"));
    assert_eq!(std::fs::read_to_string(&shop.file).unwrap(), "mine");
}

#[test]
fn a_new_company_that_is_refused_leaves_nothing() {
    let shop = Shop::without_company();
    let ran = shop.create("ZZ", "AMD", "en");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(std::fs::read_dir(shop.dir.path()).unwrap().count(), 0);
}

#[test]
fn every_mistake_in_typing_ends_with_two_and_says_what_to_do() {
    let shop = Shop::new();
    for (args, said) in [
        (&["frob"][..], "There is no verb “frob”. See: patver help"),
        (&["run"], "Missing: <COMMAND>"),
        (&["run", "undo", "--what"], "“--what” is not known here. See the options with: patver help run"),
        (&["--what"], "See the options with: patver help"),
        (&["run", "undo", "seq"], "“seq” is no KEY=VALUE"),
        (&["run", "frob"], "There is no command frob"),
        (&["query", "frob"], "There is no query frob"),
        (&["run", "undo", "--command-id", "7"], "“7” is no value for --command-id <UUID>"),
        (&["run", "undo", "seq=1", "--jsonl", "-"], "does not go together"),
        (&["list", "everything"], "which takes commands, queries"),
        (&["list", "commands", "--confirm"], "--confirm has no meaning here"),
        (&["run", "undo", "--file"], "--file <F> needs a value"),
        (&["help", "frob"], "There is no verb “frob”"),
    ] {
        let ran = shop.patver(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(message(&ran).contains(said), "{args:?}: {ran:?}");
    }
}

#[test]
fn without_a_verb_the_window_is_asked_for_and_where_there_is_no_display_the_way_to_the_help_is_told() {
    let shop = Shop::without_company();
    for (lang, word) in [("hy_AM.UTF-8", "պատուհան"), ("ru_RU.UTF-8", "окно"), ("C", "window")] {
        let output = shop.program().env("LANG", lang).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0));
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(word) && text.contains("patver help"), "{text}");
    }
}

#[test]
fn the_help_is_shown_in_the_readers_language() {
    let shop = Shop::without_company();
    for (lang, word) in [("hy_AM.UTF-8", "Հրահանգներ"), ("ru_RU.UTF-8", "Действия"), ("C", "Verbs")] {
        let output = shop.program().arg("help").env("LANG", lang).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(word) && text.contains("place") | text.contains("patver"), "{text}");
        assert!(!text.contains("Usage:") || word == "Verbs", "{text}");
    }
    let wrong = ["new", "x.patver", "--language", "xx", "--lang", "en"];
    let output = shop.program().args(wrong).env("LANG", "hy_AM.UTF-8").output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("“xx” is no value"), "--language is not --lang");
    let asked = shop.patver(&["help", "run", "--lang", "hy"]).done();
    assert!(asked.stdout.contains("Կատարել մեկ հրաման"), "{}", asked.stdout);
    assert_eq!(shop.patver(&["run", "--help", "--lang=hy"]).done().stdout, asked.stdout);
}

#[test]
fn who_has_not_signed_in_yet_is_spoken_to_in_the_language_of_the_last_user_and_at_first_in_the_companys() {
    let shop = Shop::of("AM", "AMD", "hy");
    let stranger = shop.as_user("nobody", "wrong");
    let wrong = |lang: &str| message(&crate::support::ran(stranger.signed(&["query", "company"]).env("LANG", lang)));
    let (armenian, russian) = (wrong("C.UTF-8"), wrong("ru_RU.UTF-8"));
    assert!(armenian.contains("գաղտնաբառ") && russian.contains("пароль"), "{armenian} {russian}");
    let usage = |lang: &str| message(&crate::support::ran(shop.program().arg("frob").env("LANG", lang)));
    assert!(usage("ru_RU.UTF-8").contains("действия"), "{}", usage("ru_RU.UTF-8"));
    shop.call(&["query", "company"]).done();
    assert!(usage("ru_RU.UTF-8").contains("հրահանգ"), "{}", usage("ru_RU.UTF-8"));
}

#[test]
fn errors_are_one_json_object_when_asked_for() {
    let shop = Shop::new();
    let ran = shop.patver(&["run", "--json-errors"]);
    let told: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!((ran.code, told["kind"].as_str()), (2, Some("usage")));
    let ran = shop.call(&["run", "undo", "seq=x", "--json-errors"]);
    let told: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!((ran.code, told["kind"].as_str(), told["field"].as_str()), (1, Some("rejected"), Some("seq")));
    let names: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["kind", "message", "field", "next_step"]);
}

#[test]
fn a_command_answers_with_one_object_and_a_query_with_one_a_line() {
    let shop = Shop::new();
    let saved = shop.call(&["run", "save-user", "login=ani", "name=Անի Սարգսյան", "role=sales"]).done();
    assert_eq!(saved.objects().len(), 1);
    let users = shop.query("users", json!({}));
    assert_eq!((&users[1]["id"], &users[1]["name"]), (&saved.objects()[0]["id"], &json!("Անի Սարգսյան")));
}

#[test]
fn a_repeated_send_under_one_id_gives_the_first_result() {
    let shop = Shop::new();
    let args = ["run", "save-user", "login=ani", "role=sales", "--command-id", "67e55044-10b1-426f-9247-bb680e5fe0c8"];
    let first = shop.call(&args).done();
    let again = shop.call(&args).done();
    assert_eq!(first.stdout, again.stdout);
}

#[test]
fn each_line_is_a_transaction_of_its_own_and_gets_one_answer() {
    let shop = Shop::new();
    let input = format!("{}\n\n{{\"nome\": 2}}\nthis is no JSON\n{}", user("one"), user("three"));
    let ran = shop.feed(&["run", "save-user", "--jsonl", "-"], &input);
    let answers = ran.objects();
    assert_eq!((ran.code, answers.len(), ran.stderr.lines().count()), (1, 4, 2), "{ran:?}");
    assert!(answers[0]["id"].is_i64() && answers[3]["id"].is_i64());
    assert_eq!((&answers[1]["error"]["line"], &answers[2]["error"]["line"]), (&json!(3), &json!(4)));
    assert!(ran.stderr.starts_with("Line 3: "), "{ran:?}");
}

#[test]
fn a_file_sent_again_under_one_id_changes_nothing() {
    let shop = Shop::new();
    let args = ["run", "save-user", "--jsonl", "-", "--command-id", "67e55044-10b1-426f-9247-bb680e5fe0c8"];
    let first = shop.feed(&args, &format!("{}\n{}\n", user("one"), user("two"))).done().objects();
    let longer = shop.feed(&args, &format!("{}\n{}\n{}\n", user("one"), user("two"), user("three"))).done().objects();
    assert_eq!(longer[..2], first[..]);
    assert!(longer[2]["id"].as_i64() > first[1]["id"].as_i64());
}

#[test]
fn the_last_file_used_is_known_next_time() {
    let shop = Shop::new();
    let unknown = shop.patver(&["query", "users", "--user", OWNER]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    shop.call(&["query", "users"]).done();
    assert!(!shop.patver(&["query", "users", "--user", OWNER]).done().stdout.is_empty());
    #[cfg(unix)]
    assert_eq!(mode(&shop.path("config/patver/last-file")), 0o600);
    let other = shop.program().args(["query", "users", "--user", OWNER]).env("PATVER_FILE", "/none").output().unwrap();
    assert_eq!(other.status.code(), Some(1));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let shop = Shop::new();
    let mut child = shop.signed(&["completions", "bash"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_told_with_code_three() {
    let shop = Shop::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        shop.signed(&["run", "save-user", "login=ani", "role=sales"]).stdout(Stdio::from(full)).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("what was done is saved"), "{said}");
}

#[test]
fn every_command_and_query_is_listed_with_parameters_and_rights() {
    let shop = Shop::without_company();
    for what in ["commands", "queries"] {
        let listed = shop.patver(&["list", what, "--json"]).done().objects();
        assert!(!listed.is_empty());
        for entry in listed {
            assert!(entry["name"].is_string() && entry["takes"].is_array(), "{entry}");
            assert!(!entry["rights"].as_array().unwrap().is_empty(), "{entry}");
        }
        assert!(shop.patver(&["list", what]).done().stdout.lines().count() > 2);
    }
    for what in ["reports", "forms", "imports", "exports"] {
        shop.patver(&["list", what]).done();
    }
}

#[test]
fn completions_name_every_verb() {
    let shop = Shop::without_company();
    let script = shop.patver(&["completions", "bash"]).done().stdout;
    for verb in ["new", "run", "query", "report", "print", "import", "export", "check", "backup", "restore", "list"] {
        assert!(script.contains(verb), "{verb}");
    }
}

#[test]
fn a_wrong_password_an_unknown_login_and_no_password_are_refused() {
    let shop = Shop::new();
    let wrong = shop.as_user(OWNER, "not the password").call(&["query", "users"]);
    let unknown = shop.as_user("nobody", "not the password").call(&["query", "users"]);
    assert_eq!((wrong.code, unknown.code), (1, 1), "{wrong:?}");
    assert_eq!(message(&wrong), message(&unknown));
    let silent = shop.signed(&["query", "users"]).env_remove("PATVER_PASSWORD").output().unwrap();
    assert_eq!(silent.status.code(), Some(2));
    let nobody = shop.patver(&["query", "users", "--file", text(&shop.file)]);
    assert!(nobody.code == 2 && message(&nobody).contains("--user"), "{nobody:?}");
}

#[test]
fn a_password_is_never_an_argument_and_is_changed_through_the_variable() {
    let shop = Shop::new();
    let typed = shop.call(&["run", "change-own-password", "password=five green hills"]);
    assert!(typed.code == 2 && message(&typed).contains("never typed as an argument"), "{typed:?}");
    let mut change = shop.signed(&["run", "change-own-password"]);
    let changed = change.env("PATVER_NEW_PASSWORD", "five green hills").output().unwrap();
    assert_eq!(changed.status.code(), Some(0));
    assert_eq!(shop.call(&["query", "users"]).code, 1);
    shop.as_user(OWNER, "five green hills").call(&["query", "users"]).done();
}

#[test]
fn a_one_time_code_lets_its_user_do_nothing_but_choose_a_password() {
    let shop = Shop::new();
    let saved = shop.run("save-user", json!({"login": "ani", "role": "sales"}));
    let reset = shop.run("reset-password", json!({"user": saved["id"]}));
    assert!(reset["next"].as_str().unwrap().contains("patver run change-own-password"), "{reset}");
    let code = reset["code"].as_str().unwrap().to_owned();
    let ani = shop.as_user("ani", &code);
    let mut recover = ani.signed(&["recover"]);
    recover.env("PATVER_RECOVERY_CODE", &code).env("PATVER_NEW_PASSWORD", "five green hills");
    let refused = recover.output().unwrap();
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && told.contains("patver run change-own-password"), "{told}");
    assert_eq!(ani.call(&["query", "own-account"]).code, 1);
    let mut change = ani.signed(&["run", "change-own-password"]);
    let changed = change.env("PATVER_NEW_PASSWORD", "five green hills").output().unwrap();
    assert_eq!(changed.status.code(), Some(0), "{changed:?}");
    shop.as_user("ani", "five green hills").call(&["query", "own-account"]).done();
}

#[test]
fn the_recovery_code_lets_the_owner_back_in_once() {
    let shop = Shop::without_company();
    let told = shop.create("AM", "AMD", "en").done().objects().remove(0);
    let recover = |code: &str| {
        let mut program = shop.signed(&["recover"]);
        program.env("PATVER_RECOVERY_CODE", code).env("PATVER_NEW_PASSWORD", "five green hills");
        program.output().unwrap()
    };
    let code = told["recovery_code"].as_str().unwrap();
    let next: Value = serde_json::from_slice(&recover(code).stdout).unwrap();
    assert_ne!(next["recovery_code"], told["recovery_code"]);
    shop.as_user(OWNER, "five green hills").call(&["query", "users"]).done();
    assert_eq!(recover(code).status.code(), Some(1), "a code is used up");
}

#[test]
fn a_backup_is_restored_beside_and_over_the_company() {
    let shop = Shop::new();
    let backup = shop.call(&["backup"]).done().objects().remove(0);
    let copy = backup["backup"].as_str().unwrap();
    shop.run("save-user", user("ani"));

    let beside = shop.path("beside.patver");
    shop.patver(&["restore", copy, "--into", text(&beside)]).done();
    let users = shop.patver(&["query", "users", "--file", text(&beside), "--user", OWNER]).done().objects();
    assert_eq!(users.len(), 1);
    let last = ["query", "journal", "limit=1", "--file", text(&beside), "--user", OWNER];
    let note = shop.patver(&last).done().objects().remove(0);
    assert_eq!((&note["command"], &note["user"]), (&json!("note-restore"), &json!("")), "nobody signed in");
    assert_eq!(backup["removed"], json!([]));

    let over = ["restore", copy, "--into", text(&shop.file)];
    let stranger = shop.patver(&over);
    assert!(stranger.code == 2, "somebody must sign in: {stranger:?}");
    let typed = [&over[..], &["--user", OWNER]].concat();
    let unsure = shop.patver(&typed);
    assert!(unsure.code == 4 && message(&unsure).contains("1 change made after this backup"), "{unsure:?}");
    let restored = shop.patver(&[&typed[..], &["--confirm"]].concat()).done().objects().remove(0);
    assert!(std::path::Path::new(restored["set_aside"].as_str().unwrap()).is_file());
    assert_eq!(shop.query("users", json!({})).len(), 1);
    let note = shop.query("journal", json!({"limit": 1})).remove(0);
    assert_eq!((&note["command"], &note["user"]), (&json!("note-restore"), &json!(OWNER)));
}

#[test]
fn only_who_may_make_backups_makes_them() {
    let shop = Shop::new();
    let refused = shop.with_user("ani", "sales").call(&["backup", "--to", text(&shop.path("b"))]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(!shop.path("b").exists());
}

#[test]
fn a_file_is_brought_in_once_and_a_rehearsal_changes_nothing() {
    let shop = Shop::of("US", "USD", "en");
    let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = project.join("tests/fixtures/northwind/customers.csv");
    let mapping = project.join("assets/mappings/northwind-counterparties.json");
    let typed = ["import", "counterparties", text(&file), "--mapping", text(&mapping)];
    let batches = || shop.query("import-batches", json!({})).len();
    let bring = |more: &[&str]| shop.call(&[&typed[..], more].concat()).done().objects().remove(0);
    let rehearsed = bring(&["--dry-run"]);
    assert_eq!((&rehearsed["read"], &rehearsed["added"]), (&json!(91), &json!(91)));
    assert_eq!(batches(), 0);
    let brought = bring(&["--rejects", text(&shop.path("rejects.csv"))]);
    assert_eq!((&brought["added"], &brought["rejected"], &brought["unchanged"]), (&json!(91), &json!(0), &json!(0)));
    let again = bring(&[]);
    assert_eq!((&again["added"], &again["unchanged"]), (&json!(0), &json!(91)));
    assert_eq!(batches(), 1);
    let unknown = shop.call(&["import", "frob", text(&file)]);
    assert!(unknown.code == 2 && message(&unknown).contains("counterparties, items"), "{unknown:?}");
}

/// Runs the check as somebody who knows no password; tells whether it found nothing and left the folder as it was.
fn check_by_a_stranger(shop: &Shop) {
    let look = || {
        let entries = std::fs::read_dir(shop.dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> =
            entries.filter(|path| path.is_file()).map(|path| (std::fs::read(&path), path)).collect();
        files.sort_by(|one, other| one.1.cmp(&other.1));
        files.into_iter().map(|(bytes, path)| (path, bytes.unwrap())).collect::<Vec<_>>()
    };
    let before = look();
    let mut program = shop.program();
    program.env_remove("PATVER_PASSWORD").args(["check", "--file"]).arg(&shop.file);
    assert_eq!(crate::support::ran(&mut program).done().stdout, "");
    assert_eq!(look(), before);
}

#[test]
fn a_check_needs_no_password_and_leaves_nothing_behind_also_where_the_file_may_only_be_read() {
    let shop = Shop::new();
    check_by_a_stranger(&shop);
    let mut only_read = std::fs::metadata(&shop.file).unwrap().permissions();
    only_read.set_readonly(true);
    std::fs::set_permissions(&shop.file, only_read).unwrap();
    check_by_a_stranger(&shop);
}

#[test]
fn a_check_finds_nothing_in_a_sound_file_and_names_a_changed_row() {
    let shop = Shop::new();
    let line = json!({"text": "Work", "quantity": "1", "price": "10"});
    shop.run("place-order", json!({"note": "canary note", "lines": [line]}));
    assert_eq!(shop.call(&["check"]).done().stdout, "");
    let mut bytes = std::fs::read(&shop.file).unwrap();
    let places: Vec<_> = bytes.windows(11).enumerate().filter(|(_, window)| *window == b"canary note").collect();
    let places: Vec<_> = places.into_iter().map(|(place, _)| place).collect();
    assert!(places.len() >= 2, "once in the order, once in the journal");
    places.into_iter().for_each(|place| bytes[place] = b'C');
    std::fs::write(&shop.file, bytes).unwrap();
    let ran = shop.call(&["check"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stdout.lines().any(|line| line.contains("Journal entry 3")), "{ran:?}");
    assert!(ran.stdout.lines().any(|line| line.to_lowercase().contains("order")), "{ran:?}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
}
