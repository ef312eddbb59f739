//! Countries that take part, in rough shares, with places where things happen.

/// Code, share of about two hundred, places.
pub(super) type Country = (&'static str, usize, &'static [&'static str]);

/// All of them.
pub(super) const COUNTRIES: &[Country] = &[
    ("CR", 22, &["San José", "Limón", "Paso Canoas", "Peñas Blancas", "Puntarenas"]),
    ("US", 18, &["Miami", "Houston", "Nogales", "Newark"]),
    ("MX", 12, &["Tapachula", "Tijuana", "Veracruz"]),
    ("BR", 10, &["Foz do Iguaçu", "Santos", "Manaus"]),
    ("DE", 8, &["Köln", "Hamburg", "Leipzig"]),
    ("FR", 8, &["Marseille", "Lille", "Cayenne"]),
    ("BE", 8, &["Liège", "Antwerpen"]),
    ("IT", 7, &["Brescia", "Bari", "Trieste"]),
    ("ES", 7, &["Algeciras", "Bilbao"]),
    ("GT", 6, &["Puerto Barrios", "Ciudad Tecún Umán"]),
    ("HN", 6, &["San Pedro Sula", "Choluteca"]),
    ("SV", 5, &["San Salvador", "La Unión"]),
    ("NI", 5, &["Managua", "Rivas"]),
    ("PA", 6, &["Colón", "David"]),
    ("CO", 7, &["Cartagena", "Cúcuta"]),
    ("EC", 3, &["Guayaquil", "Tulcán"]),
    ("PE", 3, &["Callao", "Tumbes"]),
    ("CL", 2, &["Iquique", "Valparaíso"]),
    ("AR", 4, &["Rosario", "Posadas"]),
    ("JM", 3, &["Kingston", "Montego Bay"]),
    ("DO", 3, &["Santo Domingo", "Dajabón"]),
    ("AT", 4, &["Wien", "Graz"]),
    ("CH", 3, &["Basel", "Genève"]),
    ("GB", 4, &["Dover", "Birmingham"]),
    ("NL", 4, &["Rotterdam", "Breda"]),
    ("SE", 3, &["Malmö", "Göteborg"]),
    ("PL", 3, &["Gdańsk", "Rzeszów"]),
    ("CZ", 3, &["Brno", "Uherský Brod"]),
    ("SK", 2, &["Košice"]),
    ("HU", 2, &["Szeged", "Budapest"]),
    ("RS", 4, &["Kragujevac", "Subotica"]),
    ("BA", 3, &["Zenica", "Brčko"]),
    ("HR", 3, &["Split", "Slavonski Brod"]),
    ("AL", 2, &["Durrës", "Vlorë"]),
    ("TR", 4, &["Edirne", "Gaziantep"]),
    ("UA", 3, &["Odesa", "Lviv"]),
    ("ZA", 4, &["Durban", "Musina"]),
    ("KE", 3, &["Mombasa", "Garissa"]),
    ("NG", 3, &["Lagos", "Calabar"]),
    ("GH", 2, &["Tema", "Aflao"]),
    ("PH", 3, &["Danao", "Zamboanga"]),
    ("AU", 2, &["Darwin", "Brisbane"]),
    ("CA", 3, &["Windsor", "Cornwall"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::country;

    #[test]
    fn they_exist() {
        for (code, share, places) in COUNTRIES {
            assert!(country::by_code(code).is_some_and(|country| country.withdrawn.is_none()), "{code}");
            assert!(*share > 0 && !places.is_empty());
        }
    }
}
