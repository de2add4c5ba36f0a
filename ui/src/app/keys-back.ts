import { useRouter } from "@tanstack/react-router";
import { useLayoutEffect } from "react";
import { isTyping } from "../components/hotkey";
import { CONTENT_ID } from "./Frame";

/** Where somebody was when the desk was left: in a field, or at a button with a name. */
interface Place {
  user: string;
  /** The address of the screen. */
  at: string;
  name: string;
  /** Which it is of those of that name. */
  number: number;
  selection: [number, number] | null;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement;

/** Who comes back is waited for no longer than this, in milliseconds: then the screen has all its forms. */
const PATIENCE = 10_000;

/** By the router, which stays while its screens are taken away. */
const left = new WeakMap<object, Place>();

/**
 * Behind the lock the screen is taken away, and its forms open anew after it. Whoever unlocks goes on typing in the field
 * where they were, and at the same place in its text.
 */
export function useKeysBack(user: string): void {
  const router = useRouter();
  useLayoutEffect(() => {
    const address = () => router.state.location.href;
    const place = left.get(router);
    left.delete(router);
    let last: Field | null = null;
    const look = () => {
      const { activeElement: now } = document;
      // A menu or a dialog over the screen does not change where one was in it.
      if (now?.closest(`#${CONTENT_ID}`)) last = isField(now) ? now : null;
    };
    document.addEventListener("focusin", look);
    const stop = place?.user === user && place.at === address() ? giveBack(place) : null;
    return () => {
      document.removeEventListener("focusin", look);
      stop?.();
      if (last?.isConnected && last.name) left.set(router, { user, at: address(), ...placeOf(last) });
    };
  }, [router, user]);
}

/** Puts the keys back as soon as the field is there, and again where a form that opens takes them to its first field. */
function giveBack({ name, number, selection }: Place): () => void {
  let given: Field | null = null;
  const put = () => {
    const { activeElement } = document;
    const field = fieldsOf(name)[number];
    if (!field || activeElement?.closest("[role=dialog]")) return;
    if (field === given && field === activeElement) return;
    given = field;
    field.focus();
    if (selection && isTyped(field)) field.setSelectionRange(...selection);
  };
  // A key that nothing takes, because the form is not there yet, is no sign that somebody went elsewhere.
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target)) stop();
  };
  const drawn = new MutationObserver(put);
  drawn.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", put);
  window.addEventListener("keydown", press);
  window.addEventListener("pointerdown", stop, { capture: true });
  const over = setTimeout(stop, PATIENCE);
  function stop() {
    drawn.disconnect();
    document.removeEventListener("focusin", put);
    window.removeEventListener("keydown", press);
    window.removeEventListener("pointerdown", stop, { capture: true });
    clearTimeout(over);
  }
  put();
  return stop;
}

function placeOf(field: Field): Pick<Place, "name" | "number" | "selection"> {
  const { selectionStart: from, selectionEnd: to } = isTyped(field) ? field : NOWHERE;
  return {
    name: field.name,
    number: fieldsOf(field.name).indexOf(field),
    // Not every sort of field has a place in its text.
    selection: from === null || to === null ? null : [from, to],
  };
}

const NOWHERE = { selectionStart: null, selectionEnd: null };

function fieldsOf(name: string): Field[] {
  return [...document.querySelectorAll<Field>(`#${CONTENT_ID} [name="${CSS.escape(name)}"]`)].filter(isField);
}

function isField(element: Element): element is Field {
  return element.matches("input, textarea, select, button[name]");
}

function isTyped(field: Field): field is HTMLInputElement | HTMLTextAreaElement {
  return field.matches("input, textarea");
}
