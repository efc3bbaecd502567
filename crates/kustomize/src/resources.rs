use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tidegate_object::Node;
use tidegate_source::{Diagnostic, Label};

use crate::identity::Id;
use crate::parallel::look_at_each;
use crate::resource::Resource;

/// An object on its way into a list, and what it will be found by there: whoever reads many objects works that out while the
/// object is at hand.
pub(crate) struct Arriving {
    pub(crate) resource: Resource,
    hash: u64,
}

impl Arriving {
    pub(crate) fn new(resource: Resource) -> Self {
        let hash = hash(resource.name());
        Self { resource, hash }
    }
}

/// The objects of a build in the order in which they were loaded, found by every name that they have had.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources {
    list: Vec<Resource>,
    index: RefCell<Index>,
    /// How many of the list, from its start, the index knows.
    indexed: Cell<usize>,
    /// Whether an object was emptied since the last look.
    may_hold_empty: bool,
    /// Whether an identity was changed since the objects were added, each of an identity of its own.
    may_repeat: bool,
}

impl Resources {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many more objects.
    pub(crate) fn reserve(&mut self, n: usize) {
        self.list.reserve(n);
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Resource> {
        self.list.iter()
    }

    pub(crate) fn get(&self, at: usize) -> &Resource {
        &self.list[at]
    }

    /// Returns an object to change anything but its identities.
    pub(crate) fn content_mut(&mut self, at: usize) -> &mut Resource {
        &mut self.list[at]
    }

    /// Returns all objects.
    pub(crate) fn contents(&self) -> &[Resource] {
        &self.list
    }

    /// Returns all objects to change anything but their identities.
    pub(crate) fn contents_mut(&mut self) -> &mut [Resource] {
        &mut self.list
    }

    /// Notes that the identity of one object changed. What the index knew before does no harm: whatever it finds is looked
    /// at again.
    pub(crate) fn renamed(&mut self, at: usize) {
        self.may_repeat = true;
        if at >= self.indexed.get() {
            return;
        }
        let index = self.index.get_mut();
        for name in self.list[at].names() {
            index.add(name, at);
        }
    }

    /// Returns whether two objects may have the same identity.
    pub(crate) fn may_repeat(&self) -> bool {
        self.may_repeat
    }

    /// Notes that nothing may be left of an object.
    pub(crate) fn emptied(&mut self) {
        self.may_hold_empty = true;
    }

    /// Returns all objects to change anything but their names, which are what they are found by. Who changes the name of one
    /// after all calls [`Self::forget`].
    pub(crate) fn moved_mut(&mut self) -> &mut [Resource] {
        self.may_repeat = true;
        &mut self.list
    }

    /// Returns the list to change anything.
    pub(crate) fn list_mut(&mut self) -> &mut Vec<Resource> {
        self.may_repeat = true;
        self.forget();
        &mut self.list
    }

    pub(crate) fn into_list(self) -> Vec<Resource> {
        self.list
    }

    /// Adds an object at the end without looking whether its identity is taken.
    pub(crate) fn push(&mut self, resource: Resource) {
        self.list.push(resource);
    }

    /// Adds an object at the end, unless there is one of its identity: then it comes back, with the place of the first of
    /// these.
    pub(crate) fn add(&mut self, arriving: Arriving) -> Result<(), Box<(Resource, usize)>> {
        self.update();
        let Arriving { resource, hash } = arriving;
        let index = self.index.get_mut();
        let present = index.places_of(hash).filter(|at| self.list[*at].id().same(&resource.id()));
        if let Some(present) = present.min() {
            return Err(Box::new((resource, present)));
        }
        let at = self.list.len();
        index.add_hash(hash, at);
        for name in resource.previous_names() {
            index.add(name, at);
        }
        self.list.push(resource);
        self.indexed.set(at + 1);
        Ok(())
    }

    /// Returns the places of the objects that have or had this identity.
    pub(crate) fn with_any_id(&self, id: &Id<'_>) -> Vec<usize> {
        self.named(id.name, |resource| resource.ids().any(|one| one.same(id)))
    }

    /// Returns the places, in order, of the objects that have or had this name and that are wanted.
    pub(crate) fn named(&self, name: &str, wanted: impl Fn(&Resource) -> bool) -> Vec<usize> {
        self.update();
        let mut places = self.candidates(name);
        places.retain(|at| wanted(&self.list[*at]));
        places
    }

    /// Returns the places, in order, that the index has under a name: those of every object that has or had it, and by
    /// chance others.
    pub(crate) fn candidates(&self, name: &str) -> Vec<usize> {
        self.index.borrow().candidates(name)
    }

    /// Takes the trees of some objects out, each into its place; what they are named is known before.
    pub(crate) fn take_roots<'t>(&mut self, places: impl Iterator<Item = (usize, &'t mut Node)>) {
        self.update();
        for (at, place) in places {
            *place = std::mem::take(self.list[at].root_mut());
        }
    }

    /// Returns the objects with the names that they have now and had before, for several threads to look at.
    pub(crate) fn by_name(&mut self) -> Named<'_> {
        self.update();
        Named { list: &self.list, index: self.index.get_mut() }
    }

    /// Drops objects of which nothing is left.
    pub(crate) fn drop_empty(&mut self) {
        if std::mem::take(&mut self.may_hold_empty) && self.list.iter().any(Resource::is_empty) {
            self.list_mut().retain(|resource| !resource.is_empty());
        }
    }

    /// Explains that two objects have the same identity today, where two do; `behind` says after what.
    pub(crate) fn clash(
        &self,
        code: &'static str,
        behind: impl FnOnce() -> String,
    ) -> Option<Diagnostic> {
        let (later, earlier) = self.conflict()?;
        let (later, earlier) = (self.get(later), self.get(earlier));
        let message = format!("{}, two objects are the same: {}", behind(), later.id());
        let mistake = Diagnostic::error(code, message)
            .at(Label::new(later.place(), "this one"))
            .at(Label::new(earlier.place(), "and this one"));
        Some(mistake)
    }

    /// Returns the places of two objects that have the same identity today, the later first.
    fn conflict(&self) -> Option<(usize, usize)> {
        self.update();
        let index = &*self.index.borrow();
        let list = self.list.as_slice();
        let places: Vec<usize> = (0..list.len()).collect();
        let first_like = |at: &usize| {
            let resource = &list[*at];
            let before = index.places(resource.name()).filter(|before| before < at);
            before.filter(|it| list[*it].id().same(&resource.id())).min()
        };
        let found = look_at_each(&places, first_like);
        found.into_iter().enumerate().find_map(|(at, first)| Some((at, first?)))
    }

    /// Takes what is known of names for nothing: one was changed.
    pub(crate) fn forget(&mut self) {
        *self.index.get_mut() = Index::default();
        self.indexed.set(0);
    }

    fn update(&self) {
        if self.indexed.get() == self.list.len() {
            return;
        }
        let mut index = self.index.borrow_mut();
        for at in self.indexed.get()..self.list.len() {
            let mut before: Option<&str> = None;
            for name in self.list[at].names() {
                if before != Some(name) {
                    index.add(name, at);
                }
                before = Some(name);
            }
        }
        self.indexed.set(self.list.len());
    }
}

/// Objects and their names, as long as neither changes.
#[derive(Clone, Copy)]
pub(crate) struct Named<'r> {
    list: &'r [Resource],
    index: &'r Index,
}

impl<'r> Named<'r> {
    pub(crate) const fn len(self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(self, at: usize) -> &'r Resource {
        &self.list[at]
    }

    /// Returns the same as [`Resources::candidates`].
    pub(crate) fn candidates(self, name: &str) -> Vec<usize> {
        self.index.candidates(name)
    }
}

/// Chains of places by the hash of a name.
#[derive(Clone, Debug, Default)]
struct Index {
    heads: HashMap<u64, u32, BuildHasherDefault<Given>>,
    links: Vec<(u32, Option<u32>)>,
}

impl Index {
    fn add(&mut self, name: &str, at: usize) {
        self.add_hash(hash(name), at);
    }

    fn add_hash(&mut self, hash: u64, at: usize) {
        let link = u32::try_from(self.links.len()).expect("fewer names than bytes of input");
        let at = u32::try_from(at).expect("fewer objects than bytes of input");
        let following = self.heads.insert(hash, link);
        self.links.push((at, following));
    }

    /// Returns the places under a name, in order.
    fn candidates(&self, name: &str) -> Vec<usize> {
        let mut places: Vec<usize> = self.places(name).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Iterates over the places under a name, the last that was added first; one may come more than once.
    fn places(&self, name: &str) -> impl Iterator<Item = usize> {
        self.places_of(hash(name))
    }

    fn places_of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let mut next = self.heads.get(&hash).copied();
        std::iter::from_fn(move || {
            let (at, following) = self.links[next? as usize];
            next = following;
            Some(at as usize)
        })
    }
}

/// FNV-1a, eight bytes at a time: equal names have equal hashes, and every hit is compared anyway.
fn hash(name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for chunk in name.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    hash
}

/// Takes a number that is a hash already.
#[derive(Clone, Debug, Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
