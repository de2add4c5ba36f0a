/* The least that a window with WebKitGTK can be: the peer of the desktop window's start. */

#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

int main(int count, char **words) {
  gtk_init(&count, &words);
  GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size(GTK_WINDOW(window), 1366, 768);
  GtkWidget *page = webkit_web_view_new();
  gtk_container_add(GTK_CONTAINER(window), page);
  g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
  gtk_widget_show_all(window);
  webkit_web_view_load_html(WEBKIT_WEB_VIEW(page), "<!doctype html><title>bare</title><h1>Who is it?</h1>", NULL);
  gtk_main();
  return 0;
}
