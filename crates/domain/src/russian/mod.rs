//! tmp
pub mod text { pub fn search_key(t:&str)->String{t.to_lowercase()} }
pub mod sort { pub fn sort_key(t:&str)->String{t.to_lowercase()} }
