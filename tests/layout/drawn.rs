//! What was drawn in the last frame, layer by layer: texts with their clip, opaque fills, and the controls.

use egui::accessibility::is_input;
use egui::accesskit::{NodeId, Role};
use egui::epaint::{ClippedShape, Shape};
use egui::{LayerId, Order, Rect, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use patver::app::App;

/// Keeps the shapes of each layer at the end of every frame.
#[derive(Default)]
struct Keeper {
    layers: Vec<(LayerId, Vec<ClippedShape>)>,
}

impl egui::Plugin for Keeper {
    fn debug_name(&self) -> &'static str {
        "keeper of shapes"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        let mut ids = vec![LayerId::background()];
        ids.extend(ctx.memory(|memory| memory.layer_ids().collect::<Vec<_>>()));
        ids.extend(ring_layers());
        let mut seen = std::collections::BTreeSet::new();
        ids.retain(|id| seen.insert((id.order, id.id.value())));
        self.layers = ctx.graphics(|graphics| {
            let shapes = |id: LayerId| graphics.get(id).map(|list| list.all_entries().cloned().collect());
            ids.into_iter().filter_map(|id| Some((id, shapes(id)?))).collect()
        });
    }
}

/// The layers in which the ring of the focus may be painted.
fn ring_layers() -> [LayerId; 2] {
    [Order::Middle, Order::Tooltip].map(|order| LayerId::new(order, egui::Id::unique("focus-ring")))
}

/// Whether the ring of the focus is painted in this layer.
pub fn is_ring(layer: LayerId) -> bool {
    ring_layers().contains(&layer)
}

/// Watches a window from now on.
pub fn watch(harness: &Harness<'_, App>) {
    harness.ctx.add_plugin(Keeper::default());
}

/// A text that was drawn.
#[derive(Clone, Debug)]
pub struct Word {
    /// What it says in full.
    pub text: String,
    /// Where its letters stand.
    pub rect: Rect,
    /// Outside of this nothing is seen of it.
    pub clip: Rect,
    /// Whether it ends in "…".
    pub elided: bool,
    /// When it was painted in its layer.
    pub at: usize,
}

impl Word {
    /// What is seen of it.
    pub fn seen(&self) -> Rect {
        self.rect.intersect(self.clip)
    }
}

/// A fill nothing is seen through.
#[derive(Clone, Debug)]
pub struct Fill {
    pub rect: Rect,
    pub at: usize,
}

/// Something a person acts on.
#[derive(Clone, Debug)]
pub struct Control {
    pub id: egui::Id,
    pub role: Role,
    pub name: String,
    /// Where it would stand.
    pub rect: Rect,
    /// Where it is seen.
    pub seen: Rect,
    /// Whether Tab has to reach it.
    pub reached: bool,
}

/// A scroll bar that is seen.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    pub rect: Rect,
    /// How far its thumb can go, in points.
    pub way: f32,
}

impl Bar {
    /// The bar in this place, if there is a track with a thumb on it.
    fn seen(rect: Rect, fills: &[Rect]) -> Option<Bar> {
        let length = |rect: &Rect| if upright(*rect) { rect.height() } else { rect.width() };
        let inside = |fill: &&Rect| fill.is_positive() && rect.expand(1.0).contains_rect(**fill);
        let (track, thumb) = (rect, fills.iter().rfind(inside)?);
        let way = length(&track) - length(thumb);
        let alone = fills.iter().filter(inside).count() < 2;
        (!(alone && way < 1.0) && upright(*thumb) == upright(track)).then_some(Bar { rect, way })
    }
}

fn upright(rect: Rect) -> bool {
    rect.height() > rect.width()
}

/// One layer: the window itself, a dialog, a menu, a message.
#[derive(Clone, Debug)]
pub struct Layer {
    pub id: LayerId,
    pub words: Vec<Word>,
    pub fills: Vec<Fill>,
    pub controls: Vec<Control>,
    /// Rows of lists.
    pub rows: Vec<Rect>,
    /// Scroll bars: what lies before them goes on behind their edges.
    pub bars: Vec<Bar>,
}

/// What was drawn.
pub struct Drawn {
    pub screen: Rect,
    pub layers: Vec<Layer>,
}

/// What stands on the screen now.
pub fn drawn(harness: &Harness<'_, App>) -> Drawn {
    let ctx = &harness.ctx;
    let kept = std::mem::take(&mut ctx.plugin::<Keeper>().lock().layers);
    let nodes = nodes(harness);
    let modal = ctx.memory(|memory| memory.top_modal_layer());
    let layers = kept.into_iter().filter(|(id, _)| !is_ring(*id));
    let layers = layers.map(|(id, shapes)| layer(ctx, (id, &shapes), &nodes, modal)).collect();
    Drawn { screen: ctx.content_rect(), layers }
}

type Nodes = std::collections::BTreeMap<NodeId, (Role, String, bool)>;

fn nodes(harness: &Harness<'_, App>) -> Nodes {
    let all = harness.root().children_recursive();
    all.map(|node| {
        let node = node.accesskit_node();
        let (id, _) = node.locate();
        (id, (node.role(), node.label().unwrap_or_default(), node.is_disabled()))
    })
    .collect()
}

fn layer(
    ctx: &egui::Context,
    (id, shapes): (LayerId, &[ClippedShape]),
    nodes: &Nodes,
    modal: Option<LayerId>,
) -> Layer {
    let mut layer =
        Layer { id, words: Vec::new(), fills: Vec::new(), controls: Vec::new(), rows: Vec::new(), bars: Vec::new() };
    let mut painted = Vec::new();
    for (at, clipped) in shapes.iter().enumerate() {
        take(&clipped.shape, clipped.clip_rect, at, &mut layer);
        if let Shape::Rect(rect) = &clipped.shape
            && rect.fill.a() > 0
        {
            painted.push(rect.rect.intersect(clipped.clip_rect));
        }
    }
    let free = modal.is_none_or(|top| top == id || ctx.memory(|memory| memory.allows_interaction(id)));
    let widgets: Vec<_> = ctx.viewport(|viewport| viewport.prev_pass.widgets.get_layer(id).copied().collect());
    for widget in widgets {
        let node = nodes.get(&widget.id.accesskit_id());
        let (width, height) = (widget.rect.width(), widget.rect.height());
        if node.is_none_or(|(role, ..)| *role == Role::ScrollBar)
            && widget.sense.senses_drag()
            && width.min(height) < 17.0
        {
            layer.bars.extend(Bar::seen(widget.interact_rect, &painted));
        }
        let Some((role, name, disabled)) = node.filter(|_| widget.visible) else { continue };
        if *role == Role::Row {
            layer.rows.push(widget.interact_rect);
        }
        if !(is_input(*role) || widget.sense.is_focusable()) {
            continue;
        }
        let reached = free && widget.enabled && !disabled && widget.sense.is_focusable();
        let (rect, seen) = (widget.rect, widget.interact_rect);
        layer.controls.push(Control { id: widget.id, role: *role, name: name.clone(), rect, seen, reached });
    }
    layer
}

fn take(shape: &Shape, clip: Rect, at: usize, layer: &mut Layer) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| take(shape, clip, at, layer)),
        Shape::Text(text) if text.angle == 0.0 && !text.galley.text().trim().is_empty() => {
            let galley = &text.galley;
            let (said, rect) = (galley.text().to_owned(), text.visual_bounding_rect());
            if text.opacity_factor > 0.01 {
                layer.words.push(Word { text: said, rect, clip, elided: galley.elided, at });
            }
        }
        Shape::Rect(rect) if rect.fill.a() == 255 => {
            layer.fills.push(Fill { rect: rect.rect.intersect(clip), at });
        }
        _ => {}
    }
}

fn ring_of(shapes: &[ClippedShape]) -> Option<Rect> {
    shapes.iter().find_map(|clipped| match &clipped.shape {
        Shape::Rect(rect) if rect.stroke.width > 0.0 => Some(rect.rect),
        _ => None,
    })
}

/// Where the ring of the focus is painted now.
pub fn ring(harness: &Harness<'_, App>) -> Option<Rect> {
    let keeper = harness.ctx.plugin::<Keeper>();
    let kept = keeper.lock();
    kept.layers
        .iter()
        .find(|(layer, shapes)| is_ring(*layer) && !shapes.is_empty())
        .and_then(|(_, shapes)| ring_of(shapes))
}
