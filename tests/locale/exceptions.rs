//! What the rules about texts leave out, each with its reason. The one file to edit when a rule is wrong about a text.

/// Keys that the program builds: whatever follows the prefix comes from data or from a closed list.
pub const FAMILIES: &[&str] = &[
    "search.payment.",
    "colors.is.",
    "colors.paints.",
    "colors.color.",
    "check.series.",
    "cli.about.",
    "cli.help.",
    "cli.list.",
    "cli.need.",
    "command.",
    "export.column.",
    "export.kind.",
    "import.field.",
    "history.",
    "import.kind.",
    "import.state.",
    "right.",
    "series.",
    "backups.reason.",
    "table.",
    "icon.",
    "month.short.",
    "month.name.",
    "report.choice.",
    "report.parameter.",
    "month.of.",
    "field.month.m",
    "field.weekday.d",
    "payment_method.",
    "role.",
    "location.",
    "status.",
    "tax_rate.",
    "tender_kind.",
    "unit.",
];

/// Texts that are the same in every language, or written in another alphabet, with the reason.
pub const SAME_EVERYWHERE: &[(&str, &str)] = &[];

/// Texts that end with a point which belongs to their last word.
pub const ENDS_WITH_ABBREVIATION: &[&str] = &["date.long", "unit.box"];

/// Files whose literals hold letters beyond ASCII, with the reason.
pub const LETTERS_ALLOWED: &[(&str, &str)] = &[
    ("src/base/words.rs", "numbers and currencies in words are grammar, written as tables"),
    ("src/base/latin.rs", "what single letters sound like"),
    ("src/base/text.rs", "folding and sorting speak about single letters"),
];

/// Literals of two or more words that no person reads, by file and beginning, with the reason.
pub const NOT_FOR_PEOPLE: &[(&str, &str, &str)] = &[
    ("src/cli/help.rs", "patver ", "how a verb is typed is the same in every language"),
    ("src/ui/badge.rs", "badges of keys", "the name of a place in memory"),
    ("src/ui/field/clipboard.rs", "menu by key", "the name of a place in memory"),
    ("src/ui/field/edit.rs", "enter that stayed", "the name of a place in memory"),
    ("src/ui/toast.rs", "sums below messages", "the name of a place in memory"),
    ("src/ui/grid/measure.rs", "Toner and repair, ", "a row that is only measured"),
    ("src/ui/tokens.rs", "{text} is not", "a detail for support"),
];

/// Layers whose literals may reach a person: no sentence may stand in them.
pub const SPEAKING: &[&str] = &[
    "src/main.rs",
    "src/app",
    "src/cli",
    "src/demo",
    "src/directories",
    "src/domain",
    "src/exchange",
    "src/forms",
    "src/modules",
    "src/reports",
    "src/settings",
    "src/ui",
];
