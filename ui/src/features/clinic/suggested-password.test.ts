import { expect, test } from "vitest";
import { faultOf } from "../../components/new-password";
import { suggestedPassword } from "./suggested-password";

test("a suggested first password is strong enough, of five words, and another each time", () => {
  const all = Array.from({ length: 40 }, suggestedPassword);
  for (const words of all) {
    expect(words.split(" ")).toHaveLength(5);
    expect(faultOf(words, [])).toBeNull();
  }
  expect(new Set(all).size).toBe(40);
});
