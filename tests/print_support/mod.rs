//! Papers and real tools that the print tests share. Amounts here are texts: paper does not calculate.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use std::path::Path;
use std::process::Command;

use patver::print::style::gap;
use patver::print::{
    Align, Block, Carry, Cell, Column, Flow, Paper, Picture, Row, Sheet, Style, Table, Tone, Width, barcode,
};

/// Runs a tool and gives what it printed; a missing tool fails with the package to install.
pub fn run(package: &str, program: &str, args: &[&str], dir: &Path) -> String {
    let output = Command::new(program)
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap_or_else(|e| panic!("{program} does not start ({e}): install the Debian package {package}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// The words of a page that looks like an invoice.
pub struct Words {
    pub title: &'static str,
    pub number: &'static str,
    pub date: (&'static str, &'static str),
    pub seller: (&'static str, &'static str, &'static str),
    pub buyer: (&'static str, &'static str, &'static str),
    pub columns: [&'static str; 6],
    pub rows: &'static [[&'static str; 7]],
    pub sums: [(&'static str, &'static str); 3],
    pub spelled: &'static str,
    pub signatures: [&'static str; 2],
    pub page: &'static str,
}

pub const ARMENIAN: Words = Words {
    title: "Հաշիվ-ապրանքագիր",
    number: "A-000123",
    date: ("Ամսաթիվ", "24 նոյեմբերի, 2026 թ."),
    seller: ("Մատակարար", "«Արագած Գրասենյակ» ՍՊԸ", "ՀՎՀՀ 01234567\nք. Երևան, Մաշտոցի պող. 12/3\n+374 10 123456"),
    buyer: ("Հաճախորդ", "Ծովինար Գևորգյան և որդիներ ՓԲԸ", "ՀՎՀՀ 07654321\nք. Գյումրի, Անկախության հրապարակ 1"),
    columns: ["№", "Անվանում", "Քանակ", "Գին", "ԱԱՀ", "Գումար"],
    rows: &[
        [
            "1",
            "Գրասենյակային աթոռ «Սևան», սև կաշվից, կարգավորվող հենակներով",
            "Կոդ՝ 0042",
            "12 հատ",
            "24\u{a0}500,00",
            "20 %",
            "294\u{a0}000,00",
        ],
        ["2", "Տպագրության ծառայություն՝ բրոշյուր A5", "", "1\u{a0}500 հատ", "85,50", "20 %", "128\u{a0}250,00"],
        ["3", "Առաքում քաղաքում", "Կատարող՝ Հ. Սարգսյան", "1 հատ", "3\u{a0}000,00", "20 %", "3\u{a0}000,00"],
    ],
    sums: [
        ("Առանց ԱԱՀ", "354\u{a0}375,00 ֏"),
        ("ԱԱՀ 20 %", "70\u{a0}875,00 ֏"),
        ("Ընդամենը վճարման", "425\u{a0}250,00 ֏"),
    ],
    spelled: "Չորս հարյուր քսանհինգ հազար երկու հարյուր հիսուն դրամ",
    signatures: ["Հանձնեց", "Ստացավ"],
    page: "Էջ",
};

pub const RUSSIAN: Words = Words {
    title: "Счёт на оплату",
    number: "A-000123",
    date: ("Дата", "24 ноября 2026 г."),
    seller: ("Поставщик", "ООО «Арагац Офис»", "ИНН 01234567\nг. Ереван, пр. Маштоца, 12/3\n+374 10 123456"),
    buyer: ("Покупатель", "ЗАО «Съёмочный цех № 5»", "ИНН 07654321\nг. Гюмри, площадь Независимости, 1"),
    columns: ["№", "Наименование", "Кол-во", "Цена", "НДС", "Сумма"],
    rows: &[
        [
            "1",
            "Кресло офисное «Севан», чёрная кожа, с регулируемыми подлокотниками",
            "Код 0042",
            "12 шт",
            "24\u{a0}500,00",
            "20 %",
            "294\u{a0}000,00",
        ],
        ["2", "Услуги печати: брошюра A5", "", "1\u{a0}500 шт", "85,50", "20 %", "128\u{a0}250,00"],
        ["3", "Доставка по городу", "Исполнитель О. Саргсян", "1 шт", "3\u{a0}000,00", "20 %", "3\u{a0}000,00"],
    ],
    sums: [("Без НДС", "354\u{a0}375,00 ₽"), ("НДС 20 %", "70\u{a0}875,00 ₽"), ("Всего к оплате", "425\u{a0}250,00 ₽")],
    spelled: "Четыреста двадцать пять тысяч двести пятьдесят рублей 00 копеек",
    signatures: ["Отпустил", "Получил"],
    page: "Страница",
};

pub const ENGLISH: Words = Words {
    title: "Invoice",
    number: "A-000123",
    date: ("Date", "24 November 2026"),
    seller: ("Seller", "Aragats Office LLC", "Tax ID 01234567\n12/3 Mashtots Avenue, Yerevan\n+374 10 123456"),
    buyer: ("Customer", "Façade & Größe Ltd", "Tax ID 07654321\n1 Independence Square, Gyumri"),
    columns: ["No.", "Description", "Quantity", "Price", "Tax", "Amount"],
    rows: &[
        [
            "1",
            "Office chair “Sevan”, black leather, with adjustable armrests",
            "Code 0042",
            "12 pcs",
            "24,500.00",
            "20%",
            "294,000.00",
        ],
        ["2", "Printing service: A5 brochure", "", "1,500 pcs", "85.50", "20%", "128,250.00"],
        ["3", "Delivery in town", "By H. Sargsyan", "1 pcs", "3,000.00", "20%", "3,000.00"],
    ],
    sums: [("Net", "€354,375.00"), ("Tax 20%", "€70,875.00"), ("Total due", "€425,250.00")],
    spelled: "Four hundred twenty-five thousand two hundred fifty euros and 00 cents",
    signatures: ["Handed over by", "Received by"],
    page: "Page",
};

/// A page as a form would compose it.
pub fn invoice(words: &Words, logo: Option<&Picture>) -> Paper {
    let mut flow = Flow::new(Sheet::A4);
    let width = flow.width();
    flow.foot(&format!("{} {}", words.title, words.number), |page, pages| format!("{} {page}/{pages}", words.page));
    let logo = logo.map_or(Block::default(), |logo| Block::picture(logo, 120.0, 42.0));
    let code = barcode::code128(words.number, barcode::MODULE, 26.0).unwrap();
    flow.put(Block::apart(logo, barcode::flush_right(code), width));
    flow.gap(gap::MEDIUM);
    let title = Block::text(&format!("{} {}", words.title, words.number), Style::TITLE, width);
    let date = Block::text(&format!("{} {}", words.date.0, words.date.1), Style::BODY.muted(), width);
    flow.keep([title, date], gap::TIGHT);
    flow.gap(gap::LARGE);
    let half = (width - gap::LARGE) / 2.0;
    let party = |(label, name, details): (&str, &str, &str)| {
        let label = Block::text(label, Style::LABEL, half);
        let name = Block::text(name, Style::BODY.bold().size(10.0), half);
        Block::stack([label, name, Block::text(details, Style::BODY.muted(), half)], gap::TIGHT)
    };
    flow.put(Block::beside([party(words.seller), party(words.buyer)], gap::LARGE));
    flow.gap(gap::WIDE);
    flow.table(&invoice_table(words, width));
    flow.finish()
}

fn invoice_table(words: &Words, width: f32) -> Table<'static> {
    let [number, name, quantity, price, tax, amount] = words.columns;
    let columns = vec![
        Column::figures(number),
        Column::words(name, 1.0),
        Column::figures(quantity),
        Column::figures(price),
        Column::figures(tax),
        Column::figures(amount),
    ];
    let row = |[number, name, note, quantity, price, tax, amount]: &[&str; 7]| {
        let mut row = Row::new([*number, *name, *quantity, *price, *tax, *amount]);
        row.cells[1].note = (*note).to_owned();
        row
    };
    let sums = Block::sums(&words.sums, Style::BODY, 210.0).aligned(Align::Right, width);
    let spelled = Block::text(words.spelled, Style::BODY.bold(), width);
    let sign = |label: &str| {
        let line = Block::rule(160.0, 0.5, patver::print::Ink::BLACK);
        Block::stack([Block::space(34.0), line, Block::space(3.0), Block::text(label, Style::LABEL, 160.0)], 0.0)
    };
    let qr = barcode::qr("patver:invoice:A-000123:425250.00", 78.0).unwrap();
    let signatures = Block::beside(words.signatures.map(sign), gap::WIDE);
    let tail = Block::stack(
        [Block::space(gap::MEDIUM), sums, spelled, Block::apart(signatures, barcode::flush_right(qr), width)],
        gap::LARGE,
    );
    Table { columns, rows: words.rows.iter().map(row).collect(), carry: None, tail: Some(tail) }
}

/// A table of this many rows, each of the amount of its number in hundredths, with carried sums.
pub fn long(rows: usize) -> Paper {
    let mut flow = Flow::new(Sheet::A4);
    let width = flow.width();
    flow.running_head(Block::text("List 7, continued", Style::SMALL, width).padded(4.0));
    flow.foot("List 7", |page, pages| format!("Page {page} of {pages}"));
    flow.text("List 7", Style::TITLE);
    flow.gap(gap::LARGE);
    let sum = |above: usize| money((1..=above).sum());
    let carried = |words: &str, above| {
        Row::new([Cell::from(words).over(2).align(Align::Right), Cell::from(sum(above))]).tone(Tone::Carried)
    };
    let table = Table {
        columns: vec![Column::figures("No."), Column::words("Name", 1.0), Column::figures("Amount")],
        rows: (1..=rows).map(|n| Row::new([n.to_string(), name(n), money(n)])).collect(),
        carry: Some(Carry {
            forward: Box::new(move |above| carried("Carried forward", above)),
            brought: Box::new(move |above| carried("Brought forward", above)),
        }),
        tail: Some(Block::sums(&[("Total", &money((1..=rows).sum()))], Style::BODY, width)),
    };
    flow.table(&table);
    flow.finish()
}

/// Every fifth name is long enough to wrap.
fn name(n: usize) -> String {
    if n.is_multiple_of(5) { format!("Անուն {n} ").repeat(12).trim().to_owned() } else { format!("Item {n}") }
}

/// Hundredths as a plain amount.
pub fn money(hundredths: usize) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A column of fixed width for tests of layout.
pub fn fixed(title: &str, points: f32) -> Column {
    Column { title: title.to_owned(), width: Width::Points(points), align: Align::Left }
}

/// A small logo in two colours with a transparent ground.
pub fn logo() -> Picture {
    let image = image::RgbaImage::from_fn(240, 84, |x, y| {
        let (dx, dy) = (x.abs_diff(42), y.abs_diff(42));
        if dx * dx + dy * dy < 38 * 38 {
            image::Rgba([20, 90, 140, 255])
        } else if x > 96 && y > 30 && y < 56 && (x / 12).is_multiple_of(2) {
            image::Rgba([60, 60, 60, 255])
        } else {
            image::Rgba([0, 0, 0, 0])
        }
    });
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    Picture::read(&png.into_inner()).unwrap()
}
