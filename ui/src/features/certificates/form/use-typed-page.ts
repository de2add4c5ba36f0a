import { useTranslation } from "react-i18next";
import type { InputOf } from "../../../host/host";
import { usePreview, type Shown } from "../page/use-pages";
import type { Preview } from "../types";
import { impossible, refusedAt, type Form } from "./use-form";

/** The page of what is typed, and what is wrong with that. */
export interface TypedPage {
  /** What is wrong stands at its fields. */
  form: Form;
  preview: Shown<Preview>;
  /** The days of the page are not those of the fields. */
  miscounted: boolean;
  /** Something is marked that is no part of the record. */
  unsaved: boolean;
}

/** Makes the page of what is typed as far as that can be, and tells at its field what cannot. */
export function useTypedPage(form: Form, input: Omit<InputOf<"preview_certificate">, "width">): TypedPage {
  const { t } = useTranslation();
  const wrong = impossible(t, form.values);
  const isWrong = Object.keys(wrong).length > 0;
  const preview = usePreview(input, !isWrong);
  const refused = isWrong ? null : preview.refused;
  const told = refused && refusedAt(t, refused);
  return {
    form: { ...form, errors: { ...told, ...wrong, ...form.errors } },
    preview: { ...preview, refused: told ? null : refused },
    miscounted: isWrong || refused !== null,
    unsaved: isWrong || told !== null || Object.keys(form.unread).length > 0,
  };
}
