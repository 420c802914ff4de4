//! The whole job in a real window on a display of its own, driven by the keys of a keyboard.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;

/// Without capitals: a key that is typed by a program may overtake its Shift.
const PASSWORD: &str = "walnut-2468-lamp";

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A display in memory, whose keys do not repeat however slow the machine is; it goes away with the test.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Display {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset", "-r"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is needed: apt-get install xvfb");
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Display { server, name: format!(":{}", line.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// A company on disk, and the window on it.
struct Desk {
    folder: TempDir,
    display: Display,
    window: Option<Child>,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: TempDir::new().unwrap(), display: Display::start(), window: None };
        desk.set_up_a_printer();
        let file = desk.file();
        let new = ["new", &file, "--company", "Aregak", "--country", "AM", "--currency", "AMD"];
        desk.patver(&[&new[..], &["--language", "en", "--owner", "ani"]].concat());
        for (name, barcode) in [("Toner", "4850001234562"), ("Paper", "4850001234579"), ("Mouse", "4850001234586")] {
            let (name, barcode) = (format!("name={name}"), format!("barcodes=[\"{barcode}\"]"));
            desk.run(&["run", "save-item", "kind=goods", "unit=pcs", "price=1000", &name, &barcode]);
        }
        desk
    }

    /// A queue that was chosen, and programs on the path that play a spooler and note what they are given.
    fn set_up_a_printer(&self) {
        let (programs, settings) = (self.folder.path().join("programs"), self.folder.path().join(".config/patver"));
        std::fs::create_dir_all(&programs).unwrap();
        std::fs::create_dir_all(&settings).unwrap();
        std::fs::write(settings.join("print-queue"), "Office\n").unwrap();
        let lp = r#"printf '%s\n' "$@" > "$HOME/printing"; mv "$HOME/printing" "$HOME/printed"; echo Office-1"#;
        for (name, body) in [("lpstat", "echo Office"), ("lp", lp)] {
            let path = programs.join(name);
            std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        }
    }

    fn file(&self) -> String {
        self.folder.path().join("shop.patver").display().to_string()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_patver"));
        command.env("HOME", self.folder.path()).env("PATVER_PASSWORD", PASSWORD).env("DISPLAY", &self.display.name);
        for inherited in ["XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "PATVER_FILE"] {
            command.env_remove(inherited);
        }
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{path}", self.folder.path().join("programs").display()));
        command
    }

    fn patver(&self, arguments: &[&str]) -> String {
        let output = self.command().args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let file = self.file();
        self.patver(&[&["--file", &file, "--user", "ani"], arguments].concat())
    }

    fn ask(&self, query: &str) -> Vec<Json> {
        self.run(&["query", query]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Opens the window and signs in.
    fn open(&mut self) {
        let file = self.file();
        self.window = Some(self.command().args(["--file", &file]).spawn().unwrap());
        self.wait_for_title("^Sign in");
        let known = Path::new(&self.folder.path().join(".config/patver/window")).exists();
        if !known {
            self.type_text("ani");
            self.key("Tab");
        }
        self.type_text(PASSWORD);
        self.key("Return");
        self.wait_for_title("Aregak");
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("timeout");
        command.arg(PATIENCE.as_secs().to_string()).arg("xdotool").args(arguments);
        let output = command.env("DISPLAY", &self.display.name).output();
        let output = output.expect("xdotool is needed: apt-get install xdotool");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Waits until a window has a title like this, and gives it the keyboard: no window manager does it here.
    fn wait_for_title(&self, title: &str) {
        let found = self.xdotool(&["search", "--sync", "--onlyvisible", "--name", title]);
        let id = found.lines().last().unwrap_or_else(|| panic!("no window is called {title}"));
        self.xdotool(&["windowfocus", "--sync", id]);
    }

    fn key(&self, key: &str) {
        self.xdotool(&["key", "--clearmodifiers", key]);
    }

    fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "2", text]);
    }

    /// Signs in and passes the search: the hands lie on the keyboard at the list of orders.
    fn at_work(&mut self) -> Hands<'_> {
        self.open();
        self.pass_the_search();
        Hands { desk: self, keys: 0 }
    }

    /// The search window comes first and is passed with one key.
    fn pass_the_search(&self) {
        self.wait_for_title("^Find orders");
        self.key("Return");
        self.wait_for_title("^Orders");
    }

    fn scan(&self, code: &str) {
        self.type_text(code);
        self.key("Return");
    }

    /// The scanner on the keyboard was measured before.
    fn set_up_the_scanner(&self) {
        let settings = self.folder.path().join(".config/patver/scanner");
        std::fs::write(settings, r#"{"wedge":{"prefix":null,"ending":"enter"}}"#).unwrap();
    }

    fn papers(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.folder.path().join("Patver")) else { return Vec::new() };
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".pdf")).collect()
    }

    /// Waits until a paper of this name was handed to the print queue.
    fn wait_for_paper(&self, name: &str) -> String {
        let printed = wait(name, || {
            self.xdotool(&["getdisplaygeometry"]);
            std::fs::read_to_string(self.folder.path().join("printed")).ok()
        });
        assert_eq!(self.papers(), [format!("{name}.pdf")]);
        printed
    }

    /// Ends the window as a power cut would.
    fn kill(&mut self) {
        if let Some(mut window) = self.window.take() {
            window.kill().unwrap();
            window.wait().unwrap();
        }
    }
}

/// Two hands at the keyboard, and how often they pressed a key; what a scanner types is not theirs.
struct Hands<'a> {
    desk: &'a Desk,
    keys: usize,
}

impl<'a> Hands<'a> {
    /// One key; the desk with the new card.
    fn begin_an_order(&mut self) -> &'a Desk {
        self.press(&["ctrl+n"]);
        self.desk.wait_for_title("^New order");
        self.desk
    }

    fn press(&mut self, keys: &[&str]) {
        self.keys += keys.len();
        keys.iter().for_each(|key| self.desk.key(key));
    }

    fn write(&mut self, text: &str) {
        self.keys += text.chars().count();
        self.desk.type_text(text);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Asks until there is an answer; each question is a program that runs, so nothing spins.
fn wait<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
    }
}

/// One desk at a time: a person has one keyboard.
static KEYBOARD: Mutex<()> = Mutex::new(());

#[test]
fn the_whole_job_passes_in_a_real_window_by_keys() {
    let _alone = KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new();
    let mut hands = desk.at_work();
    let desk = hands.begin_an_order();
    for code in ["4850001234562", "4850001234579", "4850001234586"] {
        desk.scan(code);
    }
    hands.press(&["F8"]);
    desk.wait_for_title("^Payment for order 000001");
    // The invoice instead of the receipt that a buyer without a name usually gets.
    hands.press(&["alt+i", "alt+r", "ctrl+Return"]);
    assert!(hands.keys <= 12, "{} keys", hands.keys);
    let paper = desk.folder.path().join("Patver/invoice-000001.pdf");
    let printed = desk.wait_for_paper("invoice-000001");
    let handed = format!("-d\nOffice\n-t\ninvoice-000001\n--\n{}\n", paper.display());
    assert_eq!(printed, handed);
    let orders = desk.ask("orders");
    assert_eq!((orders[0]["total"].as_str(), orders[0]["debt"].as_str()), (Some("3000.00"), Some("0.00")));
    assert_eq!(desk.ask("invoices").len(), 1);
    let text = Command::new("pdftotext").arg(&paper).arg("-").output().expect("apt-get install poppler-utils");
    assert!(String::from_utf8_lossy(&text.stdout).contains("Toner"));
}

#[test]
fn a_scan_two_keys_and_who_walked_in_has_paid_and_holds_the_receipt() {
    let _alone = KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new();
    desk.set_up_the_scanner();
    let mut hands = desk.at_work();
    let desk = hands.desk;
    desk.scan("4850001234562");
    desk.wait_for_title("^New order");
    hands.press(&["F8"]);
    desk.wait_for_title("^Payment for order 000001");
    hands.press(&["ctrl+Return"]);
    assert_eq!(hands.keys, 2);
    desk.wait_for_paper("receipt-000001");
    assert_eq!(desk.ask("orders")[0]["debt"], "0.00");
}

#[test]
fn fourteen_keys_and_three_scans_sell_to_a_customer_known_by_phone_who_pays_in_cash_and_by_card() {
    let _alone = KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new();
    for (name, phone) in [("Anahit", "091234567"), ("Narine", "093765432")] {
        desk.run(&["run", "save-counterparty", &format!("name={name}"), &format!("phones=[\"{phone}\"]")]);
    }
    let mut hands = desk.at_work();
    let desk = hands.begin_an_order();
    hands.press(&["alt+c"]);
    hands.write("5432");
    hands.press(&["Return"]);
    for code in ["4850001234562", "4850001234579", "4850001234586"] {
        desk.scan(code);
    }
    hands.press(&["F8"]);
    desk.wait_for_title("^Payment for order 000001");
    hands.write("1800");
    hands.press(&["F6", "ctrl+Return"]);
    assert_eq!(hands.keys, 14);
    desk.wait_for_paper("invoice-000001");
    assert_eq!(desk.ask("orders")[0]["counterparty_name"], "Narine");
    let payment: Json = serde_json::from_str(&desk.run(&["query", "payment", "id=1"])).unwrap();
    let tenders = payment["tenders"].as_array().unwrap().iter();
    let tenders: Vec<_> = tenders.map(|tender| (tender["method"].as_str(), tender["amount"].as_str())).collect();
    assert_eq!(tenders, [(Some("cash"), Some("1800.00")), (Some("card"), Some("1200.00"))]);
}

#[test]
fn forty_keys_write_three_lines_by_name_with_a_discount_take_a_prepayment_and_print() {
    let _alone = KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new();
    let mut hands = desk.at_work();
    let desk = hands.begin_an_order();
    for name in ["ton", "pap", "mou"] {
        hands.write(name);
        hands.press(&["Return"]);
    }
    hands.press(&["Down", "Right", "Right"]);
    hands.write("10");
    hands.press(&["Return", "F8"]);
    desk.wait_for_title("^Payment for order 000001");
    hands.write("500");
    hands.press(&["alt+i", "ctrl+Return"]);
    assert!(hands.keys <= 40, "{} keys", hands.keys);
    let mut papers = wait("the invoice and the receipt", || {
        desk.xdotool(&["getdisplaygeometry"]);
        Some(desk.papers()).filter(|papers| papers.len() == 2)
    });
    papers.sort();
    assert_eq!(papers, ["invoice-000001.pdf", "receipt-000001.pdf"]);
    let order = &desk.ask("orders")[0];
    assert_eq!((order["total"].as_str(), order["debt"].as_str()), (Some("2900.00"), Some("2400.00")));
}

#[test]
fn an_order_half_typed_when_the_power_fails_is_back_on_its_card() {
    let _alone = KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new();
    desk.open();
    desk.pass_the_search();
    desk.key("ctrl+n");
    desk.wait_for_title("^New order");
    desk.scan("3*4850001234562");
    desk.scan("4850001234579");
    wait("the draft", || {
        let drafts = desk.ask("drafts");
        let lines = drafts.first()?["content"]["card"]["lines"].as_array()?.len();
        (lines == 2).then_some(())
    });
    desk.kill();
    desk.open();
    desk.wait_for_title("^New order");
    desk.key("ctrl+s");
    desk.wait_for_title("^Order 000001");
    let order: Json = serde_json::from_str(&desk.run(&["query", "order", "id=1"])).unwrap();
    let lines: Vec<_> = order["lines"].as_array().unwrap().iter().map(|line| line["quantity"].as_str()).collect();
    assert_eq!(lines, [Some("3"), Some("1")]);
}
