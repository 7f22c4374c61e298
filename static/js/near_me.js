// Sorts a list of houses by the distance to where the device is. The position stays in this page:
// it is neither sent, nor kept, nor put in an address.
"use strict";

const EARTH = 6371000; // its mean radius in metres

function metres(from, card) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const north = rad(card.dataset.latitude - from.latitude);
  const east = rad(card.dataset.longitude - from.longitude);
  const across = Math.cos(rad(from.latitude)) * Math.cos(rad(card.dataset.latitude));
  const half = Math.sin(north / 2) ** 2 + across * Math.sin(east / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

// Rounded as the server does: the points of the houses are no better than that.
function inWords(distance) {
  if (distance < 500) return "Mindre än 500\u00a0m";
  if (distance < 750) return "Ungefär 500\u00a0m";
  const km = distance < 9750 ? Math.floor(distance / 500 + 0.5) / 2 : Math.round(distance / 1000);
  return `Ungefär ${String(km).replace(".", ",")}\u00a0km`;
}

// Cards and their pins on the map get new numbers together.
function renumber(cards) {
  const old = cards.map(({ card }) => card.dataset.number);
  const pins = old.map((number) => document.querySelector(`.map__pin[data-number="${number}"]`));
  cards.forEach(({ card }, index) => {
    const number = String(index + 1);
    card.dataset.number = number;
    card.id = `hus-${number}`;
    card.querySelector(".card__number").textContent = number;
    const pin = pins[index];
    if (!pin) return;
    pin.dataset.number = number;
    pin.setAttribute("href", `#hus-${number}`);
    pin.querySelector("text").textContent = number;
    const title = pin.querySelector("title");
    title.textContent = title.textContent.replace(/^\d+/, number);
  });
}

// Returns the distance to the nearest house.
function sortByDistance(list, position) {
  const cards = [...list.children].map((card) => {
    const known = "latitude" in card.dataset;
    return { card, distance: known ? metres(position, card) : Infinity };
  });
  cards.sort((a, b) => a.distance - b.distance);
  for (const { card, distance } of cards) {
    const words = card.querySelector(".card__distance");
    words.hidden = distance === Infinity;
    words.textContent = distance === Infinity ? "" : inWords(distance);
    list.append(card);
  }
  renumber(cards);
  return cards[0]?.distance ?? Infinity;
}

const FAR = 40000; // metres: no part of the city is so far from every house

for (const button of document.querySelectorAll("[data-module='near-me']")) {
  const list = document.querySelector(button.dataset.list);
  if (!list || !("geolocation" in navigator)) continue;
  const message = document.createElement("p");
  message.setAttribute("role", "status");
  button.after(message);
  button.hidden = false;
  button.addEventListener("click", () => {
    message.textContent = button.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const nearest = sortByDistance(list, coords);
        document.querySelector("h1").textContent = button.dataset.heading;
        document.querySelector(".map__here")?.remove();
        message.textContent = nearest > FAR ? button.dataset.far : button.dataset.done;
      },
      () => {
        message.textContent = button.dataset.failed;
      },
      { maximumAge: 60000, timeout: 10000 },
    );
  });
}
