//! The icons: letters of the subset of Lucide that stands with the fonts, by their names there.

macro_rules! icons {
    ($($name:ident = $word:literal $letter:literal;)*) => {
        $(#[doc = concat!("Icon `", $word, "`.")] pub const $name: &str = $letter;)*

        /// Every icon by its name, as it is kept in a file.
        pub const ALL: &[(&str, &str)] = &[$(($word, $letter)),*];
    };
}

icons! {
    ARCHIVE = "archive" "\u{e045}";
    ARCHIVE_RESTORE = "archive-restore" "\u{e2cd}";
    ARROW_DOWN = "arrow-down" "\u{e046}";
    ARROW_LEFT = "arrow-left" "\u{e04c}";
    ARROW_RIGHT = "arrow-right" "\u{e04d}";
    ARROW_UP = "arrow-up" "\u{e04e}";
    ARROW_UP_DOWN = "arrow-up-down" "\u{e381}";
    BANKNOTE = "banknote" "\u{e056}";
    BARCODE = "barcode" "\u{e538}";
    BELL = "bell" "\u{e05d}";
    BELL_RING = "bell-ring" "\u{e224}";
    BOOKMARK = "bookmark" "\u{e064}";
    BOX = "box" "\u{e065}";
    BOXES = "boxes" "\u{e2d0}";
    BRIEFCASE = "briefcase" "\u{e066}";
    BUILDING_2 = "building-2" "\u{e290}";
    CALENDAR = "calendar" "\u{e067}";
    CALENDAR_DAYS = "calendar-days" "\u{e2b9}";
    CHART_COLUMN = "chart-column" "\u{e2a3}";
    CHART_LINE = "chart-line" "\u{e2a5}";
    CHART_PIE = "chart-pie" "\u{e06f}";
    CHECK = "check" "\u{e070}";
    CHEVRON_DOWN = "chevron-down" "\u{e071}";
    CHEVRON_LEFT = "chevron-left" "\u{e072}";
    CHEVRON_RIGHT = "chevron-right" "\u{e073}";
    CHEVRON_UP = "chevron-up" "\u{e074}";
    CHEVRONS_LEFT = "chevrons-left" "\u{e076}";
    CHEVRONS_RIGHT = "chevrons-right" "\u{e077}";
    CIRCLE = "circle" "\u{e07a}";
    CIRCLE_ALERT = "circle-alert" "\u{e07b}";
    CIRCLE_CHECK = "circle-check" "\u{e226}";
    CIRCLE_DASHED = "circle-dashed" "\u{e4b5}";
    CIRCLE_DOLLAR_SIGN = "circle-dollar-sign" "\u{e482}";
    CIRCLE_DOT = "circle-dot" "\u{e349}";
    CIRCLE_HELP = "circle-help" "\u{e082}";
    CIRCLE_X = "circle-x" "\u{e088}";
    CLIPBOARD = "clipboard" "\u{e089}";
    CLOCK = "clock" "\u{e08b}";
    COINS = "coins" "\u{e09b}";
    COLUMNS_3 = "columns-3" "\u{e09d}";
    COMMAND = "command" "\u{e09e}";
    CONTRAST = "contrast" "\u{e0a1}";
    COPY = "copy" "\u{e0a2}";
    CREDIT_CARD = "credit-card" "\u{e0ae}";
    DATABASE = "database" "\u{e0b1}";
    DOWNLOAD = "download" "\u{e0b6}";
    ELLIPSIS = "ellipsis" "\u{e0ba}";
    ELLIPSIS_VERTICAL = "ellipsis-vertical" "\u{e0bb}";
    EXTERNAL_LINK = "external-link" "\u{e0bd}";
    EYE = "eye" "\u{e0be}";
    EYE_OFF = "eye-off" "\u{e0bf}";
    FACTORY = "factory" "\u{e29f}";
    FILE = "file" "\u{e0c4}";
    FILE_PLUS = "file-plus" "\u{e0cd}";
    FILE_TEXT = "file-text" "\u{e0d0}";
    FILES = "files" "\u{e0d3}";
    FILTER = "filter" "\u{e0d5}";
    FLAG = "flag" "\u{e0d6}";
    FOLDER = "folder" "\u{e0dc}";
    FOLDER_OPEN = "folder-open" "\u{e247}";
    GIFT = "gift" "\u{e0e4}";
    GLOBE = "globe" "\u{e0eb}";
    GRIP_VERTICAL = "grip-vertical" "\u{e0ee}";
    HAMMER = "hammer" "\u{e0ef}";
    HAND_COINS = "hand-coins" "\u{e5bd}";
    HARD_DRIVE = "hard-drive" "\u{e0f0}";
    HEART_HANDSHAKE = "heart-handshake" "\u{e2d7}";
    HISTORY = "history" "\u{e1f5}";
    HOURGLASS = "hourglass" "\u{e296}";
    HOUSE = "house" "\u{e0f8}";
    ID_CARD = "id-card" "\u{e61c}";
    IMAGE = "image" "\u{e0f9}";
    IMPORT = "import" "\u{e22f}";
    INFO = "info" "\u{e0fe}";
    KEY_ROUND = "key-round" "\u{e4a8}";
    KEYBOARD = "keyboard" "\u{e284}";
    LANDMARK = "landmark" "\u{e23a}";
    LANGUAGES = "languages" "\u{e103}";
    LAYERS = "layers" "\u{e104}";
    LINK = "link" "\u{e108}";
    LIST = "list" "\u{e10c}";
    LIST_CHECKS = "list-checks" "\u{e1d0}";
    LIST_FILTER = "list-filter" "\u{e465}";
    LIST_TREE = "list-tree" "\u{e40d}";
    LOADER = "loader" "\u{e10d}";
    LOCK = "lock" "\u{e10f}";
    LOCK_OPEN = "lock-open" "\u{e110}";
    LOG_IN = "log-in" "\u{e111}";
    LOG_OUT = "log-out" "\u{e112}";
    MAIL = "mail" "\u{e113}";
    MAP_PIN = "map-pin" "\u{e115}";
    MAXIMIZE_2 = "maximize-2" "\u{e117}";
    MENU = "menu" "\u{e119}";
    MESSAGE_SQUARE = "message-square" "\u{e11b}";
    MESSAGES_SQUARE = "messages-square" "\u{e412}";
    MINIMIZE_2 = "minimize-2" "\u{e11f}";
    MINUS = "minus" "\u{e120}";
    MOON = "moon" "\u{e122}";
    PACKAGE = "package" "\u{e12d}";
    PACKAGE_CHECK = "package-check" "\u{e266}";
    PALETTE = "palette" "\u{e1dd}";
    PANEL_LEFT = "panel-left" "\u{e12e}";
    PANEL_RIGHT = "panel-right" "\u{e436}";
    PAPERCLIP = "paperclip" "\u{e131}";
    PAUSE = "pause" "\u{e132}";
    PENCIL = "pencil" "\u{e1f9}";
    PERCENT = "percent" "\u{e136}";
    PHONE = "phone" "\u{e137}";
    PLAY = "play" "\u{e140}";
    PLUS = "plus" "\u{e141}";
    PRINTER = "printer" "\u{e145}";
    QR_CODE = "qr-code" "\u{e1df}";
    RECEIPT = "receipt" "\u{e3d7}";
    RECEIPT_TEXT = "receipt-text" "\u{e5b1}";
    REDO_2 = "redo-2" "\u{e2a0}";
    REFRESH_CW = "refresh-cw" "\u{e149}";
    ROTATE_CCW = "rotate-ccw" "\u{e14c}";
    RULER = "ruler" "\u{e14f}";
    SAVE = "save" "\u{e151}";
    SCALE = "scale" "\u{e212}";
    SCAN_BARCODE = "scan-barcode" "\u{e53a}";
    SCAN_LINE = "scan-line" "\u{e258}";
    SEARCH = "search" "\u{e155}";
    SETTINGS = "settings" "\u{e158}";
    SHARE_2 = "share-2" "\u{e15a}";
    SHIELD = "shield" "\u{e15c}";
    SHIELD_CHECK = "shield-check" "\u{e1ff}";
    SHOPPING_CART = "shopping-cart" "\u{e160}";
    SLIDERS_HORIZONTAL = "sliders-horizontal" "\u{e29a}";
    STAR = "star" "\u{e17a}";
    STORE = "store" "\u{e3e8}";
    SUN = "sun" "\u{e17c}";
    TABLE = "table" "\u{e181}";
    TABLE_2 = "table-2" "\u{e2f9}";
    TAG = "tag" "\u{e183}";
    TAGS = "tags" "\u{e360}";
    TRASH_2 = "trash-2" "\u{e18e}";
    TRENDING_DOWN = "trending-down" "\u{e190}";
    TRENDING_UP = "trending-up" "\u{e191}";
    TRIANGLE_ALERT = "triangle-alert" "\u{e193}";
    TRUCK = "truck" "\u{e194}";
    UNDO_2 = "undo-2" "\u{e2a1}";
    UNLINK = "unlink" "\u{e19c}";
    UPLOAD = "upload" "\u{e19e}";
    USER = "user" "\u{e19f}";
    USER_PLUS = "user-plus" "\u{e1a2}";
    USERS = "users" "\u{e1a4}";
    WALLET = "wallet" "\u{e204}";
    WAREHOUSE = "warehouse" "\u{e3ea}";
    WRENCH = "wrench" "\u{e1b1}";
    X = "x" "\u{e1b2}";
    ZAP = "zap" "\u{e1b4}";
}

/// Whether a letter is an icon, which nobody can say.
pub fn is_letter(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

/// The icon of this name, or none.
pub fn named(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(word, _)| *word == name).map(|(_, letter)| *letter)
}
