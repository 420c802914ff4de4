//! How far colours are apart: CIEDE2000, and how eyes that miss one kind of cone see them.

use egui::Color32;

/// A colour as light: linear red, green and blue, 0 to 1.
pub type Light = [f64; 3];

/// How a kind of eye turns light into what it sees: Machado, Oliveira and Fernandes 2009, severity 1.0.
pub const EYES: [(&str, [Light; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no long cones",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "no middle cones",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "no short cones",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

const TO_XYZ: [Light; 3] =
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];

/// The light of a colour on the screen.
pub fn light(color: Color32) -> Light {
    [color.r(), color.g(), color.b()].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &[Light; 3], light: Light) -> Light {
    matrix.map(|row| row.iter().zip(light).map(|(weight, part)| weight * part).sum())
}

/// CIEDE2000 distance as an eye sees it.
pub fn distance(one: Color32, other: Color32, eye: &[Light; 3]) -> f64 {
    let seen = |color| lab(times(eye, light(color)).map(|part| part.clamp(0.0, 1.0)));
    ciede2000(seen(one), seen(other))
}

fn lab(light: Light) -> Light {
    let bent = |part: f64| if part > 216.0 / 24389.0 { part.cbrt() } else { (24389.0 / 27.0 * part + 16.0) / 116.0 };
    let [x, y, z] = times(&TO_XYZ, light);
    let (x, y, z) = (bent(x / 0.95047), bent(y), bent(z / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The distance of two CIELAB colours by Sharma, Wu and Dalal 2005, with all weights 1.
pub fn ciede2000([l1, a1, b1]: Light, [l2, a2, b2]: Light) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25.0_f64.powi(7))).sqrt();
    let stretch = 1.5 - 0.5 * seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0);
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = if grey { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let middle = if grey { h1 + h2 } else { h1 + turn / 2.0 };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let wave = |times: f64, shift: f64| (times * middle + shift).to_radians().cos();
    let t = 1.0 - 0.17 * wave(1.0, -30.0) + 0.24 * wave(2.0, 0.0) + 0.32 * wave(3.0, 6.0) - 0.20 * wave(4.0, -63.0);
    let off = (middle.rem_euclid(360.0) - 275.0) / 25.0;
    let skew = -(60.0 * (-off * off).exp()).to_radians().sin() * 2.0 * seventh(c);
    let from_middle = (l - 50.0).powi(2);
    let sl = 1.0 + 0.015 * from_middle / (20.0 + from_middle).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    ((dl / sl).powi(2) + (dc / sc).powi(2) + (dh / sh).powi(2) + skew * (dc / sc) * (dh / sh)).sqrt()
}
